//! Reads `multipart/form-data`, as far as uploads need it.

/// One part of a form.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Name of the field.
    pub name: String,
    /// Name of the file, if the part is one.
    pub file_name: Option<String>,
    /// Media type that the sender states.
    pub mime: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// The boundary that a `Content-Type` names.
pub(super) fn boundary(kind: &str) -> Option<String> {
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return None;
    }
    let at = kind.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let rest = kind.get(at..)?.split(';').next()?;
    Some(rest.trim().trim_matches('"').to_owned())
}

/// All parts of a body.
pub(super) fn parts(body: &[u8], boundary: &str) -> Vec<Part> {
    let mark = format!("--{boundary}");
    let mut found = Vec::new();
    let mut at = find(body, mark.as_bytes(), 0);
    while let Some(start) = at {
        let start = start + mark.len();
        let end = find(body, mark.as_bytes(), start);
        if let Some(end) = end
            && let Some(part) = body.get(start..end).and_then(part)
        {
            found.push(part);
        }
        at = end;
    }
    found
}

fn part(raw: &[u8]) -> Option<Part> {
    let gap = find(raw, b"\r\n\r\n", 0)?;
    let head = String::from_utf8_lossy(raw.get(..gap)?).into_owned();
    let bytes = raw.get(gap + 4..)?;
    let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes).to_vec();
    let line = |name: &str| head.lines().find(|line| line.to_ascii_lowercase().starts_with(name));
    let disposition = line("content-disposition:")?;
    let mime = line("content-type:").and_then(|line| line.split_once(':')).map(|(_, kind)| kind.trim().to_owned());
    Some(Part {
        name: attribute(disposition, "name")?,
        file_name: attribute(disposition, "filename"),
        mime: mime.unwrap_or_else(|| "application/octet-stream".to_owned()),
        bytes,
    })
}

fn attribute(line: &str, name: &str) -> Option<String> {
    line.split(';').map(str::trim).find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then(|| value.trim_matches('"').to_owned())
    })
}

fn find(body: &[u8], mark: &[u8], from: usize) -> Option<usize> {
    body.get(from..)?.windows(mark.len()).position(|window| window == mark).map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_a_field() {
        let body = b"--X\r\nContent-Disposition: form-data; name=\"upload[uploadable_id]\"\r\n\r\n7\r\n\
            --X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n--X--\r\n";
        let parts = parts(body, "X");
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].name.as_str(), parts[0].bytes.as_slice()), ("upload[uploadable_id]", b"7".as_slice()));
        assert_eq!(parts[1].file_name.as_deref(), Some("a.txt"));
        assert_eq!(parts[1].bytes, b"hi");
    }
}
