//! IndexedDB: one database, opened once, with transactions that end before anything is believed.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use sidelight::platform::{StoreError, Table};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use crate::global::INDEXED_DB;
use crate::webext;

const NAME: &str = "sidelight";
/// Raised whenever a store is added; the upgrade makes whichever are missing.
const VERSION: u32 = 2;
/// Holds the key that seals secrets.
pub const KEYS: &str = "keys";

/// The database. Cheap to clone.
#[derive(Clone, Default)]
pub struct Database {
    open: Rc<RefCell<Option<IdbDatabase>>>,
}

impl Database {
    /// Begins a transaction over these stores, hands it to `act`, and answers what `act` answered once
    /// the browser has confirmed the whole.
    pub async fn transact<T>(
        &self,
        stores: &[&str],
        mode: IdbTransactionMode,
        act: impl FnOnce(&IdbTransaction) -> Result<T, JsValue>,
    ) -> Result<T, StoreError> {
        let transaction = self.begin(stores, mode).await?;
        let end = ended(&transaction);
        let answer = act(&transaction).map_err(|error| failure(&error))?;
        if let Err(event) = JsFuture::from(end).await {
            let error = transaction.error().map_or(event, JsValue::from);
            return Err(failure(&error));
        }
        Ok(answer)
    }

    /// Reads from one store: what each request found, in their order. Nothing waits for the end of the transaction, which
    /// has nothing to confirm.
    pub async fn read(
        &self,
        name: &str,
        ask: impl FnOnce(&IdbObjectStore) -> Result<Vec<IdbRequest>, JsValue>,
    ) -> Result<Vec<JsValue>, StoreError> {
        let transaction = self.begin(&[name], IdbTransactionMode::Readonly).await?;
        let requests = store(&transaction, name).and_then(|store| ask(&store)).map_err(|error| failure(&error))?;
        results(requests).await.map_err(|error| failure(&error))
    }

    async fn begin(&self, stores: &[&str], mode: IdbTransactionMode) -> Result<IdbTransaction, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from(*name)).collect();
        let begin = |database: &IdbDatabase| database.transaction_with_str_sequence_and_mode(&names, mode);
        let known = self.open.borrow().clone();
        // A connection that the browser closed (the user cleared its data) refuses: open another.
        if let Some(transaction) = known.and_then(|database| begin(&database).ok()) {
            return Ok(transaction);
        }
        let database = open().await.map_err(|error| failure(&error))?;
        let transaction = begin(&database).map_err(|error| failure(&error))?;
        self.open.replace(Some(database));
        Ok(transaction)
    }
}

/// The store of that name inside the transaction.
pub fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, JsValue> {
    transaction.object_store(name)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let request = INDEXED_DB.with(|factory| factory.open_with_u32(NAME, VERSION))?;
    let asked = request.clone();
    let upgrade = Closure::once(move || {
        let Ok(database) = asked.result().map(JsCast::unchecked_into::<IdbDatabase>) else {
            return;
        };
        let present = database.object_store_names();
        let wanted = Table::ALL.iter().filter(|table| **table != Table::Session);
        for name in wanted.map(|table| table.name()).chain([KEYS]) {
            if !present.contains(name) {
                // A failure here aborts the upgrade, which the request then reports.
                let _ = database.create_object_store(name);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let request: IdbRequest = request.into();
    let found = results(vec![request]).await?;
    found.into_iter().next().map(JsCast::unchecked_into).ok_or(JsValue::UNDEFINED)
}

/// What each request found; they are heard all at once, since a later one may be answered while an earlier one is read.
async fn results(requests: Vec<IdbRequest>) -> Result<Vec<JsValue>, JsValue> {
    let answered = |request: &IdbRequest| {
        Promise::new(&mut |resolve, reject| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&reject));
        })
    };
    let answers: Vec<Promise> = requests.iter().map(answered).collect();
    let mut found = Vec::new();
    for (request, answer) in requests.iter().zip(answers) {
        if let Err(event) = JsFuture::from(answer).await {
            return Err(request.error()?.map_or(event, JsValue::from));
        }
        found.push(request.result()?);
    }
    Ok(found)
}

fn ended(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    })
}

/// The browser's error in the core's terms.
pub fn failure(error: &JsValue) -> StoreError {
    match webext::name(error).as_str() {
        "QuotaExceededError" => StoreError::Full,
        "" => StoreError::Broken(webext::words(error)),
        name => StoreError::Broken(format!("{name}: {}", webext::words(error))),
    }
}
