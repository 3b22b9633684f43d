import { architecturePage, readPage, readRooms, writePage } from "./architecture";

writePage(architecturePage(readPage(), readRooms()));
