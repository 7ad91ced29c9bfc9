//! Ticket bodies as the ways into a service desk leave them: each mail program has its own HTML.

use super::{Client, User};

/// How a ticket came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Outlook for Windows: Word's classes and empty `o:p` elements.
    Outlook,
    /// A webmail program: nested `div` elements with `dir="auto"`.
    Webmail,
    /// The self-service portal: plain paragraphs.
    Portal,
    /// A monitoring system: a table.
    Monitor,
}

impl Via {
    /// By the word in the list of tickets.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "outlook" => Some(Self::Outlook),
            "gmail" => Some(Self::Webmail),
            "portal" => Some(Self::Portal),
            "monitor" => Some(Self::Monitor),
            _ => None,
        }
    }
}

/// One part of a plain text: neighbouring lines of one sort.
enum Part<'a> {
    Paragraph(&'a str),
    List(Vec<&'a str>),
    Code(Vec<&'a str>),
}

/// Turns plain text into the HTML of this way in: `- ` starts a list entry, four spaces a line of
/// code, any other line is a paragraph. The sender adds the signature that mail programs add.
pub fn html(via: Via, text: &str, sender: Option<(&User, &Client)>) -> String {
    let body: String = parts(text).iter().map(|part| render(via, part)).collect();
    let signature = sender.map(|(user, client)| signature(via, user, client)).unwrap_or_default();
    match via {
        Via::Outlook => format!(
            "<div class=\"WordSection1\"><div style=\"background:#fff4ce;padding:4pt\"><p class=\"MsoNormal\"><span style=\"font-size:9.0pt\">CAUTION: this message came from outside the organisation.</span></p></div>{body}{signature}</div>"
        ),
        Via::Webmail => format!(
            "<div dir=\"auto\">{body}</div>{signature}<img src=\"https://pixel.mailtrack.example/o.gif\" width=\"1\" height=\"1\" alt=\"\">"
        ),
        Via::Portal | Via::Monitor => body,
    }
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut list = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (line.strip_prefix("- "), line.strip_prefix("    "), list.last_mut()) {
            (Some(entry), _, Some(Part::List(entries))) => entries.push(entry),
            (Some(entry), _, _) => list.push(Part::List(vec![entry])),
            (_, Some(code), Some(Part::Code(lines))) => lines.push(code),
            (_, Some(code), _) => list.push(Part::Code(vec![code])),
            _ => list.push(Part::Paragraph(line)),
        }
    }
    list
}

fn render(via: Via, part: &Part<'_>) -> String {
    match (via, part) {
        (Via::Outlook, Part::Paragraph(text)) => {
            format!(
                "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;font-family:Calibri,sans-serif\">{}<o:p></o:p></span></p><p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>",
                escape(text)
            )
        }
        (Via::Webmail, Part::Paragraph(text)) => {
            format!("<div dir=\"auto\">{}<br></div><div dir=\"auto\"><br></div>", escape(text))
        }
        (_, Part::Paragraph(text)) => format!("<p>{}</p>", escape(text)),
        (_, Part::List(entries)) => {
            let rows: String = entries.iter().map(|entry| format!("<li>{}</li>", escape(entry))).collect();
            format!("<ul>{rows}</ul>")
        }
        (Via::Monitor, Part::Code(lines)) => {
            let rows: String = lines.iter().filter_map(|line| line.trim().split_once("  ")).map(table_row).collect();
            format!("<table><tbody>{rows}</tbody></table>")
        }
        (_, Part::Code(lines)) => {
            let joined: Vec<String> = lines.iter().map(|line| escape(line)).collect();
            format!("<pre>{}</pre>", joined.join("\n"))
        }
    }
}

fn table_row((name, value): (&str, &str)) -> String {
    format!("<tr><th>{}</th><td>{}</td></tr>", escape(name), escape(value.trim()))
}

fn signature(via: Via, user: &User, client: &Client) -> String {
    let name = escape(&format!("{} {}", user.first_name, user.surname));
    let (job, firm, phone) = (escape(&user.job_title), escape(&client.name), escape(&user.phone));
    match via {
        Via::Outlook => format!(
            "<p class=\"MsoNormal\">{name}<o:p></o:p></p><table class=\"MsoNormalTable\" border=\"0\"><tbody><tr><td><p class=\"MsoNormal\"><b>{job}</b><br>{firm}<br>{phone}</p></td></tr></tbody></table>"
        ),
        Via::Webmail => format!(
            "<div dir=\"auto\">{name}</div><div class=\"gmail_signature\" dir=\"auto\">-- <br>{job}, {firm}<br>Sent from my phone</div>"
        ),
        Via::Portal | Via::Monitor => String::new(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
