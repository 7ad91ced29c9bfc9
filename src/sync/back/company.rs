//! A quick note to a company. It goes to the end of the company's notes: they are the one free text that
//! Hudu keeps of a company, stand on its first page, and can be changed and put back as they were. A
//! Magic Dash message would be replaced by the next one of its title, and the activity log takes none.

use crate::http::date;
use crate::hudu::field::FieldValue;
use crate::mapping::record::Slot;
use crate::mapping::wanted::paragraphs;
use crate::sync::back::{item, plan_of};
use crate::sync::error::SyncError;
use crate::sync::plan::{Change, Plan, Target};
use crate::sync::sides::Sides;
use crate::sync::view::{Action, Direction};
use crate::t;

impl Sides {
    /// The plan that adds a note to a company, under the day and the name of who writes it.
    pub async fn plan_company_note(&self, company: i64, text: &str, who: &str) -> Result<Plan, SyncError> {
        if text.trim().is_empty() {
            return Err(SyncError::NotSynced(t!("Write the note first.")));
        }
        let made = self.host.clock.now();
        let record = self.company_record(&self.hudu.company(company).await?);
        let slot = Slot::attribute("notes");
        let before = record.value(&slot);
        let kept = match &before {
            FieldValue::Html(html) | FieldValue::Text(html) => html.clone(),
            _ => String::new(),
        };
        let head = [date::day_of(made), who.trim().to_owned()];
        let head: Vec<String> = head.into_iter().filter(|part| !part.is_empty()).collect();
        let after = format!("{kept}{}", paragraphs(&format!("{}:\n{text}", head.join(", "))));
        let reason = t!("Added below what the notes hold; nothing of them is changed.");
        let target = Target::Company(Some(company));
        let mut note = item(format!("company-note/{company}"), Action::Update, &record.name, reason, target);
        note.url = Some(record.url.clone());
        note.changes =
            vec![Change { slot, label: "Notes".into(), before, after: FieldValue::Html(after), note: None, by: None }];
        Ok(plan_of(Direction::ToHudu, t!("Add a note to {name}", name = record.name), note, made))
    }
}
