import { readReadme, readmePage, writeReadme } from "./component-table";
import { architecturePage, readPage, readRooms, writePage } from "./architecture";
import { installersPage, writeInstallers } from "./installers";

writePage(architecturePage(readPage(), readRooms()));
writeReadme(readmePage(readReadme()));
writeInstallers(installersPage());
