import { readReadme, readmePage, writeReadme } from "./component-table";
import { architecturePage, readPage, readRooms, writePage } from "./architecture";
import { installersPage, writeInstallers } from "./installers";
import { stacksPage } from "./stack-table";
import { readVerifyPage, verifyPage, writeVerifyPage } from "./live-checks";
import { writeDiagnosePage } from "../diagnose/diagnose-page";
import { writeRunbooks } from "../diagnose/runbook-page";
import { settingsPage, writeSettings } from "./settings";

writeSettings(settingsPage());
writePage(stacksPage(architecturePage(readPage(), readRooms())));
writeReadme(readmePage(readReadme()));
writeInstallers(installersPage());
writeVerifyPage(verifyPage(readVerifyPage()));
writeRunbooks();
writeDiagnosePage();
