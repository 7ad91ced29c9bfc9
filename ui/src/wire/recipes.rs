//! Recipes, their plans and their runs.

use sidelight::protocol::RecipeAsk;
use sidelight::recipes::item::State;
use sidelight::recipes::journal::Head;
use sidelight::recipes::view::{FieldView, PlanView, RecipeView, RowView, RunView};

use wasm_bindgen::JsValue;

use super::Wire;
use super::values::{forms, objects, part, words};

forms! {
    RecipeAsk by "ask" {
        "list" => List {}
        "plan" => Plan { recipe arguments }
        "run" => Run { recipe arguments plan confirmed }
        "runs" => Runs {}
        "undo" => Undo { run preview }
    }
}

objects! {
    RecipeView { name title about arguments }
    PlanView { id recipe due guard notes rows }
    RowView { key subject state why id resource url fields }
    FieldView { write member before after }
    Head { id recipe arguments who started ended state items done failed undoable sync trouble }
}

/// The head's members stand beside the rows.
impl Wire for RunView {
    fn read(value: &JsValue) -> Option<Self> {
        Some(Self { rows: part(value, "rows")?, head: Head::read(value)? })
    }
    fn write(&self) -> JsValue {
        self.head.write()
    }
}

words! {
    State {
        "new" => New
        "change" => Change
        "known" => Known
        "cleared" => Cleared
        "skipped" => Skipped
        "created" => Created
        "changed" => Changed
        "failed" => Failed
        "left" => Left
        "undone" => Undone
        "kept" => Kept
    }
}
