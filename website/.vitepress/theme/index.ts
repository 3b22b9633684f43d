// Without the default theme's web font: the reader's own is there already, in every language.
import { useData } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { defineComponent, h } from "vue";
import "./style.css";

/** Beside the words of the home page: a target, from the README. */
const Example = defineComponent(() => {
  const { frontmatter } = useData();
  return () => h("pre", { class: "home-example", tabindex: 0 }, h("code", frontmatter.value.example));
});

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "home-hero-image": () => h(Example) }),
};
