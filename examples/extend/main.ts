import { runApp } from "octarine";
import project from "./octarine.config.ts";

// The app that cdktf runs (cdktf.json). `npx octarine synth` writes the same bytes.
runApp(project);
