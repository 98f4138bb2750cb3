/** Mantine in our tokens: nothing is smaller than a finger, everything has the edge of our fields. */
import { createTheme, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { Lang } from "@sandbank/kernel/words";
import { mantineTheme } from "@sandbank/ui";

/** The theme of the console in a language. */
export function themeOf(lang: Lang) {
  const field = { size: "md", inputWrapperOrder: ["label", "description", "error", "input"] };
  return createTheme({
    ...mantineTheme(lang),
    components: {
      TextInput: TextInput.extend({ defaultProps: field as never }),
      Textarea: Textarea.extend({
        defaultProps: { ...field, autosize: true, minRows: 3 } as never,
      }),
      NativeSelect: NativeSelect.extend({ defaultProps: field as never }),
    },
  });
}
