//! What recipes are cooked with: the same in the extension, in the file, and where a recipe is planned.

use std::rc::Rc;

use serde_json::json;
use sidelight::protocol::{CentreAsk, Message, RecipeAsk, Reply};
use sidelight::settings::{self, RecipeSettings, TicketTemplate, file};
use sidelight_tests::desk::Desk;
use sidelight_tests::recipes::small;

fn own() -> RecipeSettings {
    let ticket = |name: &str, summary: &str| TicketTemplate {
        name: name.to_owned(),
        summary: summary.to_owned(),
        details: "Für {name},\n\"{badge}\" # kein Kommentar".to_owned(),
        tickettype: "Service Request".to_owned(),
        team: "Service Desk".to_owned(),
        client: "Harbour and Finch".to_owned(),
        site: String::new(),
    };
    RecipeSettings {
        onboarding: vec![ticket("account", "Account for {name}"), ticket("laptop", "Laptop for {name}")],
        process: "new people".to_owned(),
        accepted: vec!["signed".to_owned()],
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_takes_the_choices_from_one_browser_to_another_and_recipes_use_them() {
    let sandbox = small();
    let first = Desk::on(&sandbox, Rc::default(), 1).await;
    first.set(|settings| settings.recipes = own()).await;
    let Ok(Reply::File { text, .. }) = first.ask(CentreAsk::ExportSettings).await else { panic!("no file") };
    // The pair of the tests has no address that a person could give.
    let text = text[text.find("[recipes]").unwrap()..].to_owned();
    assert_eq!(file::read(&text).unwrap().recipes, own(), "{text}");

    let second = Desk::on(&sandbox, Rc::default(), 2).await;
    let Ok(Reply::Settings { settings, .. }) = second.ask(CentreAsk::ReadSettings { text: text.clone() }).await else {
        panic!("no settings")
    };
    second.ask(Message::SaveSettings { settings }).await.unwrap();
    assert_eq!(settings::load(&second.host.host).await.unwrap().recipes, own());
    let Ok(Reply::File { text: again, .. }) = second.ask(CentreAsk::ExportSettings).await else { panic!("no file") };
    assert!(again.ends_with(&text), "{again}");

    let arguments = json!({"people": [{"name": "Ana", "client": "Harbour and Finch"}]}).to_string();
    let ask = RecipeAsk::Plan { recipe: "onboarding_tickets".to_owned(), arguments };
    let Ok(Reply::RecipePlan { plan }) = second.ask(Message::Recipe { ask }).await else { panic!("no plan") };
    let subjects: Vec<&str> = plan.rows.iter().map(|row| row.subject.as_str()).collect();
    for wanted in ["Account for Ana", "Laptop for Ana"] {
        assert!(subjects.iter().any(|subject| subject.contains(wanted)), "{subjects:?}");
    }
}
