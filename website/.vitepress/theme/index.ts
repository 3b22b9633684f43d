// Without the default theme's web font: the reader's own is there already, in every language.
import DefaultTheme from "vitepress/theme-without-fonts";
import "./style.css";

export default DefaultTheme;
