//! The words of an HTML text, line by line, without what is no text.

/// The most that is read of one document, in bytes: what stands behind it says nothing new of the matter.
const MOST: usize = 200_000;

/// Elements whose content is no text.
const MUTE: [&str; 5] = ["script", "style", "template", "svg", "head"];
/// Elements that do not end a line.
const INLINE: [&str; 14] =
    ["a", "b", "i", "u", "em", "strong", "span", "code", "font", "mark", "sub", "sup", "small", "o:p"];

/// The text of HTML with a line for each block. Broken HTML gives what can be read of it.
pub(super) fn lines(html: &str) -> String {
    let mut text = String::with_capacity(html.len().min(MOST));
    let mut rest = html;
    // Looked for once only where there is none any more.
    let mut closes = true;
    while let Some(at) = rest.find('<') {
        entities(&rest[..at], &mut text);
        rest = &rest[at..];
        if text.len() > MOST {
            break;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?');
        let end = if is_tag && closes { rest.find('>') } else { None };
        closes &= end.is_some() || !is_tag;
        let Some(end) = end else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        let inner = &rest[1..end];
        let name = inner.trim_start_matches('/');
        let name = &name[..name.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(name.len())];
        let name = name.to_ascii_lowercase();
        rest = &rest[end + 1..];
        if !inner.starts_with('/') && MUTE.contains(&name.as_str()) {
            rest = after_end(rest, &name);
        }
        if !INLINE.contains(&name.as_str()) {
            text.push('\n');
        }
    }
    if text.len() <= MOST {
        entities(rest, &mut text);
    }
    cut(&mut text, MOST);
    text
}

/// Shortens a text to so many bytes, at a letter's end.
pub(super) fn cut(text: &mut String, most: usize) {
    if text.len() > most {
        let mut end = most;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
}

fn after_end<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        if rest.as_bytes()[start..].len() >= name.len()
            && rest.as_bytes()[start..start + name.len()].eq_ignore_ascii_case(name.as_bytes())
        {
            return rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]);
        }
        from = start;
    }
    ""
}

/// Appends a text with its commonest references resolved; others are left, as they are no words.
fn entities(part: &str, into: &mut String) {
    const NAMED: [(&str, &str); 6] =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let mut rest = part;
    while let Some(at) = rest.find('&') {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        match NAMED.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, letter)) => {
                into.push_str(letter);
                rest = &rest[name.len()..];
            }
            None => {
                into.push('&');
                rest = &rest[1..];
            }
        }
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn text_stays_and_markup_goes() {
        let html = "<style>p{color:red}</style><p>VPN&nbsp;drops &amp; <b>er</b>ror 809<br>1 < 2</p><!-- x --><SCRIPT>a<b</SCRIPT >end";
        let words: Vec<String> =
            lines(html).lines().map(|line| line.trim().to_owned()).filter(|l| !l.is_empty()).collect();
        assert_eq!(words, ["VPN drops & error 809", "1 < 2", "end"]);
    }

    #[test]
    fn broken_and_huge_html_is_read_as_far_as_it_goes() {
        for html in ["<", "<p", "</", "<!--", "<script>", "a<b", "&", "<style><p>", "<ſcript>é"] {
            let _ = lines(html);
        }
        let huge = "<p>wört é</p>".repeat(200_000);
        assert!(lines(&huge).len() <= super::MOST);
    }
}
