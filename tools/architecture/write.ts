import { readReadme, readmePage, writeReadme } from "./component-table";
import { architecturePage, readPage, readRooms, writePage } from "./architecture";

writePage(architecturePage(readPage(), readRooms()));
writeReadme(readmePage(readReadme()));
