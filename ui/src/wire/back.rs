//! What is written back by hand.

use sidelight::protocol::Back;
use sidelight::sync::back::{FormField, FormView, InputKind, Outcome, Typed};

use super::values::{forms, objects, words};

forms! {
    Back by "back" {
        "attach" => Attach { ticket kind id }
        "insert" => Insert { ticket article }
        "trail" => Trail { ticket }
        "note" => Note { company }
        "edit" => Edit { asset }
        "add" => Add { company layout about }
        "password" => Password { company asset about }
        "relate" => Relate { kind id company }
    }
}

objects! {
    FormView { title lead fields layout layouts }
    FormField { label kind value options required hint }
    Typed { label before value }
    Outcome { id name private }
}

words! {
    InputKind {
        "line" => Line
        "lines" => Lines
        "number" => Number
        "date" => Date
        "check" => Check
        "choice" => Choice
        "choices" => Choices
        "address" => Address
        "email" => Email
        "phone" => Phone
        "website" => Website
        "secret" => Secret
        "pick" => Pick
    }
}
