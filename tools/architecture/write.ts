import { readReadme, readmePage, writeReadme } from "./component-table";
import { architecturePage, readPage, readRooms, writePage } from "./architecture";
import { installersPage, writeInstallers } from "./installers";
import { settingsPage, writeSettings } from "./settings";

writeSettings(settingsPage());
writePage(architecturePage(readPage(), readRooms()));
writeReadme(readmePage(readReadme()));
writeInstallers(installersPage());
