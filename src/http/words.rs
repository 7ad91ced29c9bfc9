//! The server's own words about what is wrong, in every shape that is known of the two.

use serde_json::Value;

use crate::json;

/// Longest text that is kept.
const LONGEST: usize = 400;

/// What an error's body says, in one line; empty for a page or nothing.
///
/// Halo: a JSON string, plain text, `{"[0].id": ["…"]}`, `errorMessage`, `Message`, `error`.
/// Hudu: `error` with `details`, `errors` as a text, a list or a map, `message`.
pub(crate) fn words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if text.is_empty() || text.starts_with('<') {
        return String::new();
    }
    let said = match json::parse(text.as_bytes()) {
        Ok(value) => said(&value).join(": "),
        Err(_) => text.to_owned(),
    };
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn said(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(rows) => {
            let rows: Vec<String> = rows.iter().flat_map(said).collect();
            if rows.is_empty() { Vec::new() } else { vec![rows.join("; ")] }
        }
        Value::Object(map) => {
            const KEYS: [&str; 9] = [
                "error",
                "errors",
                "error_description",
                "errorMessage",
                "Message",
                "message",
                "title",
                "details",
                "detail",
            ];
            let mut found: Vec<String> = Vec::new();
            for key in KEYS {
                found.extend(map.get(key).into_iter().flat_map(said));
            }
            found.dedup();
            if found.is_empty() {
                found = map.iter().filter_map(|(path, value)| field(path, value)).collect();
            }
            found
        }
        _ => Vec::new(),
    }
}

/// `"[0].id": ["The value is not valid."]` or `"name": "can't be blank"`.
fn field(path: &str, value: &Value) -> Option<String> {
    if !value.is_array() && !value.is_string() {
        return None;
    }
    let text = said(value).join("; ");
    let path = path.trim_start_matches(|c: char| !c.is_alphabetic());
    (!text.is_empty()).then(|| if path.is_empty() { text } else { format!("{path}: {text}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_shape_is_read() {
        let shapes: [(&str, &str); 14] = [
            (r#""An Outcome must be entered for this Action""#, "An Outcome must be entered for this Action"),
            ("Invalid advanced search parameter", "Invalid advanced search parameter"),
            (r#"{"[0].id":["The value is not valid."]}"#, "id: The value is not valid."),
            (r#"{"":["The JSON value could not be converted"]}"#, "The JSON value could not be converted"),
            (r#"{"resultCode":3,"errorMessage":"No"}"#, "No"),
            (r#"{"ClassName":"System.Exception","Message":"Bad"}"#, "Bad"),
            (
                r#"{"error":"Validation failed","details":["Name can't be blank","Color bad"]}"#,
                "Validation failed: Name can't be blank; Color bad",
            ),
            (r#"{"errors":"Network does not belong"}"#, "Network does not belong"),
            (r#"{"errors":["A","B"]}"#, "A; B"),
            (r#"{"errors":{"name":["is taken"]}}"#, "name: is taken"),
            (r#"{"status":500,"error":"Internal Server Error"}"#, "Internal Server Error"),
            (r#"{"error":"invalid_scope","error_description":"No such scope"}"#, "invalid_scope: No such scope"),
            ("<!DOCTYPE html><title>404</title>", ""),
            ("", ""),
        ];
        for (body, expected) in shapes {
            assert_eq!(words(body.as_bytes()), expected, "{body}");
        }
    }
}
