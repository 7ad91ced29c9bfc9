//! The plain twins of HTML bodies, as Halo keeps them beside each other.

/// The text of an HTML body, white space folded.
pub(crate) fn text_of(html: &str) -> String {
    let html = without_styles(html);
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' if inside => inside = false,
            _ if inside => {}
            _ => text.push(c),
        }
    }
    let text = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, plain)| text.replace(entity, plain));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plain text as one HTML paragraph.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escaped(text))
}

/// Text that is safe inside an element or a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Halo drops `<style>` blocks from ticket bodies.
pub(crate) fn without_styles(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let mut kept = String::with_capacity(html.len());
    let mut from = 0;
    while let Some(start) = lower[from..].find("<style").map(|at| from + at) {
        kept.push_str(&html[from..start]);
        match lower[start..].find("</style>") {
            Some(end) => from = start + end + "</style>".len(),
            None => return kept,
        }
    }
    kept.push_str(&html[from..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_a_reader_sees() {
        let html = "<STYLE>p{}</STYLE><p>Fish &amp;  chips</p><p>&lt;b&gt;</p>";
        assert_eq!(text_of(html), "Fish & chips <b>");
        assert_eq!(without_styles(html), "<p>Fish &amp;  chips</p><p>&lt;b&gt;</p>");
    }
}
