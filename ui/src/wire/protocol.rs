//! Messages, answers, events and intents.

use sidelight::assist::snapshot::Page;
use sidelight::html::PictureOf;
use sidelight::protocol::{
    Answer, ClientView, Event, Freshness, Intent, Message, Reply, ScheduleView, SecretPart, SecretUse,
};
use sidelight::settings::check::{CheckLine, Grade};
use sidelight::sync::view::{
    Action, CandidateView, Direction, FieldDiffView, PlanItemView, PlanView, RunState, RunView, StepView,
};
use sidelight::tools::ToolView;
use sidelight::trouble::{Retry, Trouble};
use sidelight::vault::LockView;
use wasm_bindgen::JsValue;

use super::Wire;
use super::values::{forms, objects, part, words};
use crate::browser::member;

/// What the background answered.
pub fn answer(value: &JsValue) -> Option<Answer> {
    match member(value, "ok") {
        Some(reply) => Reply::read(&reply).map(Answer::Ok),
        None => part(value, "trouble").map(Answer::Trouble),
    }
}

forms! {
    Message by "say" {
        "page_seen" => PageSeen { url }
        "frame_changed" => FrameChanged { open width }
        "tab" => Tab {}
        "snapshot" => Snapshot { page record keep }
        "record" => Record { record freshness }
        "suggested" => Suggested { record freshness central }
        "opened" => Opened { record kind id }
        "document" => Document { kind id beside freshness }
        "search" => Search { query record everywhere limit }
        "plan" => Plan { record }
        "plan_publish" => PlanPublish { article }
        "form" => Form { back }
        "plan_back" => PlanBack { back typed }
        "kept_plan" => KeptPlan { plan }
        "outcomes" => Outcomes {}
        "apply" => Apply { plan overwrite }
        "plan_undo" => PlanUndo { run }
        "run" => Run { run }
        "choose" => Choose { record target }
        "reveal" => Reveal { password part how record }
        "start_process" => StartProcess { process }
        "tick_task" => TickTask { process task done }
        "take_back_process" => TakeBackProcess { process }
        "extras" => Extras { kind id }
        "picture" => Picture { of id asked }
        "shelf" => Shelf { company }
        "pin" => Pin { company kind id pinned }
        "ending" => Ending {}
        "copied" => Copied { digest }
        "open_window" => OpenWindow { record intent }
        "connections" => Connections {}
        "save_halo" => SaveHalo { resource_server auth_server tenant client_id client_secret }
        "sign_in_halo" => SignInHalo { resource_server auth_server tenant client_id }
        "save_hudu" => SaveHudu { url api_key }
        "disconnect" => Disconnect { product }
        "lock_state" => LockState {}
        "lock" => Lock {}
        "unlock" => Unlock { passphrase }
        "set_passphrase" => SetPassphrase { present new }
        "forget_all" => ForgetAll {}
        "check" => Check {}
        "settings" => Settings {}
        "save_settings" => SaveSettings { settings }
        "centre" => Centre { ask }
        "recipe" => Recipe { ask }
        "tools" => Tools {}
        "call_tool" => CallTool { name arguments confirmed }
    }
    Reply by "is" {
        "done" => Done {}
        "page" => Page { tab record frame token }
        "tab" => Tab { record connected }
        "snapshot" => Snapshot { record snapshot }
        "sidebar" => Sidebar { view }
        "suggested" => Suggested { view }
        "document" => Document { view }
        "form" => Form { form }
        "outcomes" => Outcomes { outcomes }
        "found" => Found { found }
        "extras" => Extras { extras }
        "picture" => Picture { url }
        "started" => Started { process }
        "shelf" => Shelf { pinned recent }
        "ending" => Ending { ending }
        "plan" => Plan { plan }
        "run" => Run { run }
        "secret" => Secret { value until }
        "connections" => Connections { connections halo_secret hudu_key redirect_url }
        "lock" => Lock { lock }
        "check" => Check { lines }
        "settings" => Settings { settings }
        "clients" => Clients { clients }
        "work" => Work { work }
        "summary" => Summary { summary }
        "rows" => Rows { rows }
        "item" => Item { item }
        "runs" => Runs { runs total }
        "recipes" => Recipes { recipes }
        "recipe_plan" => RecipePlan { plan }
        "recipe_run" => RecipeRun { run }
        "recipe_runs" => RecipeRuns { runs }
        "schedule" => Schedule { schedule }
        "file" => File { name media text }
        "mapping" => Mapping { mapping }
        "sorting" => Sorting { sorting }
        "sample" => Sample { sample }
        "tools" => Tools { tools }
        "called" => Called { answer }
    }
    Event by "event" {
        "record_in_view" => RecordInView { tab record }
        "run_changed" => RunChanged { run record }
        "lock_changed" => LockChanged { locked }
        "settings_changed" => SettingsChanged {}
        "working" => Working { work }
        "plan_ready" => PlanReady { plan }
    }
    Intent by "intent" {
        "view" => View {}
        "sync" => Sync {}
        "reveal" => Reveal { password }
        "open" => Open { kind id }
        "publish" => Publish { article }
        "search" => Search { text }
        "plan" => Plan { plan }
        "undo" => Undo { run }
        "ending" => Ending {}
    }
}

objects! {
    LockView { passphrase locked }
    Trouble { code retry sentence until }
    ClientView { id name }
    ToolView { name area subject operation about writes destructive before columns arguments }
    ScheduleView { last next waiting trouble }
    CheckLine { product point grade sentence remedy code }
    FieldDiffView { label before after note }
    CandidateView { id name why url }
    PlanItemView { id action record title sentence reason fields candidates url }
    PlanView { id direction title items writes ready }
    StepView { title sentence done trouble url }
    RunView { id title started state steps undoable url requests }
}

words! {
    PictureOf { "public_photo" => PublicPhoto "photo" => Photo "upload" => Upload }
    Page { "frame" => Frame "panel" => Panel "popup" => Popup }
    Freshness { "stored" => Stored "fresh" => Fresh }
    SecretUse { "shown" => Shown "copied" => Copied }
    SecretPart { "password" => Password "one_time_code" => OneTimeCode }
    Retry { "later" => Later "user_must_act" => UserMustAct "defect" => Defect }
    Grade { "good" => Good "warn" => Warn "bad" => Bad "skipped" => Skipped }
    Direction { "to_hudu" => ToHudu "to_halo" => ToHalo }
    RunState { "running" => Running "done" => Done "paused" => Paused "stopped" => Stopped "part" => Part "undone" => Undone }
    Action {
        "create" => Create
        "update" => Update
        "link" => Link
        "archive" => Archive
        "unchanged" => Unchanged
        "conflict" => Conflict
        "ambiguous" => Ambiguous
        "blocked" => Blocked
        "gone" => Gone
    }
}
