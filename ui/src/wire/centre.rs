//! What the sync centre and the mapping pages show.

use js_sys::Object;
use sidelight::mapping::view::{FactView, FindingView, LayoutView, MappingRow, MappingView, SampleView, SortingView};
use sidelight::protocol::CentreAsk;
use sidelight::sync::table::{
    CountView, ExportForm, GroupView, Outcome, Progress, RowQuery, RowSort, RowView, RowsView, RunHead, Scope,
    SummaryView, TableOf, Work,
};
use wasm_bindgen::JsValue;

use super::Wire;
use super::values::{forms, objects, part, put, words};

forms! {
    CentreAsk by "ask" {
        "plan_all" => PlanAll { scope }
        "plan_layouts" => PlanLayouts {}
        "clients" => Clients {}
        "work" => Work {}
        "stop_planning" => StopPlanning {}
        "last_plan" => LastPlan {}
        "rows" => Rows { of query offset count }
        "item" => Item { of item }
        "apply_all" => ApplyAll { plan except overwrite confirmed }
        "pause" => Pause { run }
        "go_on" => GoOn { run }
        "runs" => Runs { offset count }
        "plan_undo_items" => PlanUndoItems { run items }
        "export" => Export { of form }
        "mapping" => Mapping { settings }
        "sorting" => Sorting { kind settings }
        "sample" => Sample { kind id next settings }
        "schedule" => Schedule {}
        "export_settings" => ExportSettings {}
        "read_settings" => ReadSettings { text }
    }
}

objects! {
    Scope { kinds clients }
    RowQuery { actions kinds clients outcomes text sort descending }
    RowView { id action kind record title client client_id summary fields outcome trouble url undoable }
    RowsView { total offset rows groups }
    GroupView { client name first count }
    SummaryView { id direction title made scope counts writes guard notes requests }
    CountView { action kind count }
    Progress { run doing done total failed skipped requests left_ms paused until trouble }
    RunHead { id title who started ended state steps done skipped failed requests undoable undoes trouble }
    MappingView { layouts facts rows findings }
    LayoutView { id name active linked kinds fields }
    FactView { kind key label holds example }
    MappingRow { kind layout slot place holds fact label by_hand policy mismatch }
    FindingView { point sentence mendable setting }
    SortingView { records rules by_type_name default fallen nowhere }
    SampleView { record name layout values }
}

words! {
    RowSort { "plan" => Plan "client" => Client "title" => Title "action" => Action "kind" => Kind }
    Outcome { "waiting" => Waiting "done" => Done "skipped" => Skipped "failed" => Failed }
    ExportForm { "json" => Json "csv" => Csv }
}

impl Wire for TableOf {
    fn read(value: &JsValue) -> Option<Self> {
        part(value, "plan").map(TableOf::Plan).or_else(|| part(value, "run").map(TableOf::Run))
    }
    fn write(&self) -> JsValue {
        let (name, id) = match self {
            TableOf::Plan(id) => ("plan", id),
            TableOf::Run(id) => ("run", id),
        };
        let object = Object::new();
        put(&object, name, &id.write());
        object.into()
    }
}

impl Wire for Work {
    fn read(value: &JsValue) -> Option<Self> {
        if value.as_string().is_some_and(|word| word == "idle") {
            return Some(Work::Idle);
        }
        part(value, "planning")
            .map(Work::Planning)
            .or_else(|| part(value, "running").map(Work::Running))
            .or_else(|| part(value, "failed").map(Work::Failed))
    }
    fn write(&self) -> JsValue {
        let object = Object::new();
        match self {
            Work::Idle => return JsValue::from_str("idle"),
            Work::Planning(progress) => put(&object, "planning", &progress.write()),
            Work::Running(progress) => put(&object, "running", &progress.write()),
            Work::Failed(trouble) => put(&object, "failed", &trouble.write()),
        }
        object.into()
    }
}
