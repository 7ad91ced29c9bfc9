//! A rule on the worker's script. In a Chromium worker `import()` throws and an `await` outside of
//! every function silently stops the registration.

use crate::run::Result;

use super::{Source, source};

const SCRIPT: &str = "extension/static/background.js";

/// Late imports and awaits at the top of the worker's script.
pub fn late(sources: &[Source]) -> Result<Vec<String>> {
    Ok(late_lines(source(sources, SCRIPT)?).into_iter().map(|line| format!("{SCRIPT}:{line}")).collect())
}

/// What stands outside of all brackets is taken for the top; an arrow function without braces is
/// not told from it, and needs braces if it awaits.
fn late_lines(script: &str) -> Vec<String> {
    let mut depth = 0i32;
    let mut found = Vec::new();
    for (number, line) in script.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        let mut word = String::new();
        for letter in code.chars().chain([' ']) {
            if letter.is_alphanumeric() || letter == '_' || letter == '$' {
                word.push(letter);
                continue;
            }
            if word == "import" && letter == '(' {
                found.push(format!("{}: import()", number + 1));
            }
            if word == "await" && depth == 0 {
                found.push(format!("{}: await", number + 1));
            }
            word.clear();
            depth += match letter {
                '{' | '(' | '[' => 1,
                '}' | ')' | ']' => -1,
                _ => 0,
            };
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_top_from_a_function() {
        let script = "import a from 'a';\nconst f = async () => { await a(); };\nawait f();\nimport('b');";
        assert_eq!(late_lines(script), ["3: await", "4: import()"]);
    }
}
