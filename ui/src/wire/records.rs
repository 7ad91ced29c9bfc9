//! Records, companies and documents.

use sidelight::assist::search::view::{FoundGroup, FoundView, HitView, IndexView};
use sidelight::assist::view::{
    BodyView, Chip, CompanyState, CompanyView, CounterpartState, DocumentKind, DocumentView, FieldKind, FieldView,
    GroupView, ItemView, RecordView, SectionView, SidebarView, Standing, Tone,
};
use sidelight::halo::record::{RecordKind, RecordRef};

use super::values::{forms, objects, words};

objects! {
    RecordRef { kind id }
    SidebarView { record company counterpart standing sections stored last_run notice }
    RecordView { record title subtitle client client_id about }
    CompanyView { id name address phone website notes_html kind archived url why as_of }
    SectionView { kind count groups as_of trouble }
    GroupView { label items }
    ItemView { kind id title subtitle chips words url }
    Chip { text tone }
    DocumentView { kind id title group url updated as_of body }
    FoundView { groups total elsewhere company index }
    FoundGroup { kind hits }
    HitView { kind id company group title marks value main url }
    IndexView { documents expected reading as_of trouble }
    FieldView { label value kind }
}

forms! {
    CompanyState by "state" {
        "matched" => Matched { company }
        "ambiguous" => Ambiguous { candidates }
        "missing" => Missing { reason }
        "not_needed" => NotNeeded {}
        "unknown" => Unknown { trouble }
    }
    CounterpartState by "state" {
        "not_needed" => NotNeeded {}
        "matched" => Matched { document why }
        "ambiguous" => Ambiguous { candidates }
        "missing" => Missing { reason }
        "unknown" => Unknown { trouble }
    }
    Standing by "state" {
        "in_step" => InStep {}
        "differs" => Differs { fields }
        "not_in_hudu" => NotInHudu {}
        "needs_choice" => NeedsChoice {}
        "not_applicable" => NotApplicable {}
        "unknown" => Unknown { trouble }
    }
    BodyView by "is" {
        "fields" => Fields { fields passwords }
        "article" => Article { html published }
        "password" => Password { username one_time_code notes login_url }
        "process" => Process { description tasks }
        "row" => Row {}
    }
}

words! {
    RecordKind {
        "ticket" => Ticket
        "client" => Client
        "site" => Site
        "user" => User
        "asset" => Asset
        "contract" => Contract
        "article" => Article
    }
    DocumentKind {
        "asset" => Asset
        "person" => Person
        "article" => Article
        "password" => Password
        "process" => Process
        "website" => Website
        "expiration" => Expiration
    }
    Tone { "plain" => Plain "accent" => Accent "good" => Good "warn" => Warn "bad" => Bad }
    FieldKind {
        "text" => Text
        "code" => Code
        "link" => Link
        "email" => Email
        "phone" => Phone
        "date" => Date
        "check" => Check
        "html" => Html
        "secret" => Secret
    }
}
