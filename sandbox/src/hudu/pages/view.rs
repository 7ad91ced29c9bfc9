//! The frame around every page, and the few shapes they are made of.

use crate::hudu::answer::Answer;
use crate::hudu::state::State;
use crate::hudu::store::{Record, int_of, text_of};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// A page being written.
pub(super) struct View {
    title: String,
    body: String,
}

impl View {
    /// A page with its heading.
    pub(super) fn new(kind: &str, title: &str) -> Self {
        let body = format!("<p class=kind>{}</p><h1>{}</h1>", escape(kind), escape(title));
        Self { title: title.to_owned(), body }
    }

    /// HTML that is already safe.
    pub(super) fn raw(&mut self, html: &str) -> &mut Self {
        self.body.push_str(html);
        self
    }

    /// A heading.
    pub(super) fn heading(&mut self, text: &str) -> &mut Self {
        self.raw(&format!("<h2>{}</h2>", escape(text)))
    }

    /// A line of small grey text.
    pub(super) fn note(&mut self, text: &str) -> &mut Self {
        self.raw(&format!("<p class=note>{}</p>", escape(text)))
    }

    /// Labels with their values; empty values are a dash.
    pub(super) fn facts(&mut self, facts: &[(&str, &str)]) -> &mut Self {
        self.raw("<dl>");
        for (label, value) in facts {
            let value = if value.is_empty() { "–".to_owned() } else { escape(value) };
            self.raw(&format!("<div><dt>{}</dt><dd>{value}</dd></div>", escape(label)));
        }
        self.raw("</dl>")
    }

    /// A heading with its number, and a table of safe cells. Empty columns are left out, and the whole
    /// table when there are no rows.
    pub(super) fn table(&mut self, title: &str, head: &[&str], rows: &[Vec<String>]) -> &mut Self {
        if rows.is_empty() {
            return self;
        }
        self.raw(&format!("<h2>{} <span class=count>{}</span></h2><table><thead><tr>", escape(title), rows.len()));
        let used = |column: &usize| rows.iter().any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty()));
        let columns: Vec<usize> = (0..head.len()).filter(used).collect();
        for column in &columns {
            self.raw(&format!("<th scope=col>{}</th>", escape(head[*column])));
        }
        self.raw("</tr></thead><tbody>");
        for row in rows {
            self.raw("<tr>");
            for column in &columns {
                self.raw(&format!("<td>{}</td>", row.get(*column).map_or("", String::as_str)));
            }
            self.raw("</tr>");
        }
        self.raw("</tbody></table>")
    }

    /// The finished page. Visiting one signs the browser in: the sandbox has one user.
    pub(super) fn finish(self) -> Answer {
        let page = format!(
            "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>{} · Hudu</title><link rel=stylesheet href=/hudu.css></head><body>\
             <header><a class=brand href=/>Hudu <span>sandbox</span></a><nav><a href=/>Companies</a>\
             <a href=/admin/api_keys>API keys</a></nav></header><main>{}</main></body></html>",
            escape(&self.title),
            self.body
        );
        Answer::new(200, "text/html; charset=utf-8", page)
            .with("content-security-policy", POLICY.to_owned())
            .with("set-cookie", "_hudu_session=sandbox; Path=/; HttpOnly; SameSite=Lax".to_owned())
    }
}

/// Text as HTML text or attribute value.
pub(in super::super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// A safe link.
pub(super) fn link(path: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(path), escape(text))
}

/// A safe link to a record's page, marked when it is archived.
pub(super) fn link_to(room: &str, record: &Record) -> String {
    let mark = if crate::hudu::filter::is_archived(record) { " <span class=badge>archived</span>" } else { "" };
    format!("{}{mark}", link(&format!("/{room}/{}", text_of(record, "slug")), text_of(record, "name")))
}

/// "2026-09-13 02:54".
pub(super) fn when(record: &Record, name: &str) -> String {
    text_of(record, name).get(..16).unwrap_or_default().replace('T', " ")
}

/// The rows of a table that belong to a company.
pub(super) fn inside<'a>(state: &'a State, path: &str, company: Option<i64>) -> Vec<&'a Record> {
    state
        .store
        .table(path)
        .values()
        .filter(|record| company.is_some() && int_of(record, "company_id") == company)
        .collect()
}
