/** The two themes; the system's choice holds until the button is used. */
type Theme = "light" | "dark";

/** Where a reader's choice is kept, for as long as the browser lets us. */
const KEY = "benchgate-theme";

/** Makes the button switch between light and dark. `onChange` is told after each change, the system's own included. */
export function themeButton(button: HTMLElement, onChange: () => void): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = remembered();
  const current = (): Theme => chosen ?? (system.matches ? "dark" : "light");
  const apply = (): void => {
    document.documentElement.style.colorScheme = chosen ?? "";
    button.textContent = current() === "dark" ? "Light theme" : "Dark theme";
    onChange();
  };
  button.addEventListener("click", () => {
    chosen = current() === "dark" ? "light" : "dark";
    remember(chosen);
    apply();
  });
  system.addEventListener("change", apply);
  // Paper is white, whatever the screen is.
  addEventListener("beforeprint", () => {
    document.documentElement.style.colorScheme = "light";
    onChange();
  });
  addEventListener("afterprint", apply);
  button.hidden = false;
  apply();
}

function remembered(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch {
    // Files and sandboxed frames may have no storage: the choice then lasts as long as the page.
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
}
