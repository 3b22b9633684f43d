import { runApp } from "./src/cli/app";

void runApp();
