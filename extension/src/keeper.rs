//! Secrets at rest: AES-GCM with 256 bits under a key that the browser never hands out.
//!
//! A sealed value is twelve random bytes (the initialisation vector) followed by what AES-GCM answers.
//! The key cannot be exported. That stops a copied value and a script that reads the database; it does
//! not stop someone who copies the whole browser profile.

use std::cell::RefCell;

use futures::FutureExt;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use serde_json::json;
use sidelight::platform::{Keeper, Later, Random, StoreError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, IdbTransactionMode, SubtleCrypto};

use crate::database::{Database, KEYS, failure, store};
use crate::global::CRYPTO;
use crate::random::BrowserRandom;
use crate::webext;

const KEY: &str = "secrets";
const VECTOR: usize = 12;

/// The browser's keeper of secrets.
pub struct BrowserKeeper {
    database: Database,
    key: RefCell<Option<CryptoKey>>,
}

impl BrowserKeeper {
    /// Keeps its key in this database.
    pub fn new(database: Database) -> Self {
        Self { database, key: RefCell::new(None) }
    }

    async fn key(&self) -> Result<CryptoKey, StoreError> {
        if let Some(key) = self.key.borrow().clone() {
            return Ok(key);
        }
        let key = match self.stored().await? {
            Some(key) => key,
            None => self.first().await?,
        };
        self.key.replace(Some(key.clone()));
        Ok(key)
    }

    async fn stored(&self) -> Result<Option<CryptoKey>, StoreError> {
        let found = self.database.read(KEYS, |store| Ok(vec![store.get(&JsValue::from(KEY))?])).await?;
        Ok(found.into_iter().next().filter(|key| !key.is_undefined()).map(JsCast::unchecked_into))
    }

    /// Two calls may come here at once: the key that was stored first is the one that counts.
    async fn first(&self) -> Result<CryptoKey, StoreError> {
        let key = generate().await.map_err(|error| failure(&error))?;
        let added = self
            .database
            .transact(&[KEYS], IdbTransactionMode::Readwrite, |transaction| {
                store(transaction, KEYS)?.add_with_key(&key, &JsValue::from(KEY)).map(drop)
            })
            .await;
        match (self.stored().await?, added) {
            (Some(stored), _) => Ok(stored),
            (None, Err(error)) => Err(error),
            (None, Ok(())) => Err(StoreError::Broken("the key was not stored".to_owned())),
        }
    }
}

impl Keeper for BrowserKeeper {
    fn seal<'a>(&'a self, purpose: &'a str, clear: &'a [u8]) -> Later<'a, Result<Vec<u8>, StoreError>> {
        async move { seal(&self.key().await?, purpose, clear).await }.boxed_local()
    }

    fn open<'a>(&'a self, purpose: &'a str, sealed: &'a [u8]) -> Later<'a, Result<Option<Vec<u8>>, StoreError>> {
        async move { open(&self.key().await?, purpose, sealed).await }.boxed_local()
    }

    fn seal_under<'a>(
        &'a self,
        key: &'a [u8; 32],
        purpose: &'a str,
        clear: &'a [u8],
    ) -> Later<'a, Result<Vec<u8>, StoreError>> {
        async move { seal(&given(key).await?, purpose, clear).await }.boxed_local()
    }

    fn open_under<'a>(
        &'a self,
        key: &'a [u8; 32],
        purpose: &'a str,
        sealed: &'a [u8],
    ) -> Later<'a, Result<Option<Vec<u8>>, StoreError>> {
        async move { open(&given(key).await?, purpose, sealed).await }.boxed_local()
    }
}

async fn seal(key: &CryptoKey, purpose: &str, clear: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut sealed = vec![0; VECTOR];
    BrowserRandom.fill(&mut sealed);
    let promise = terms(&sealed, purpose)
        .and_then(|terms| subtle().encrypt_with_object_and_u8_array(&terms, key, clear))
        .map_err(|error| failure(&error))?;
    let text = JsFuture::from(promise).await.map_err(|error| failure(&error))?;
    sealed.extend(Uint8Array::new(&text).to_vec());
    Ok(sealed)
}

async fn open(key: &CryptoKey, purpose: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    let Some((vector, text)) = sealed.split_at_checked(VECTOR) else {
        return Ok(None);
    };
    let promise = terms(vector, purpose)
        .and_then(|terms| subtle().decrypt_with_object_and_u8_array(&terms, key, text))
        .map_err(|error| failure(&error))?;
    match JsFuture::from(promise).await {
        Ok(clear) => Ok(Some(Uint8Array::new(&clear).to_vec())),
        // The one answer for another key, another purpose and altered bytes.
        Err(error) if webext::name(&error) == "OperationError" => Ok(None),
        Err(error) => Err(failure(&error)),
    }
}

/// A key that the core made, for this one use.
async fn given(key: &[u8; 32]) -> Result<CryptoKey, StoreError> {
    let import = || -> Result<Promise, JsValue> {
        let kind = js_object(json!({ "name": "AES-GCM" }))?;
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        subtle().import_key_with_object("raw", &Uint8Array::from(&key[..]).into(), &kind, false, &uses)
    };
    let promise = import().map_err(|error| failure(&error))?;
    Ok(JsFuture::from(promise).await.map_err(|error| failure(&error))?.unchecked_into())
}

async fn generate() -> Result<CryptoKey, JsValue> {
    let kind = js_object(json!({ "name": "AES-GCM", "length": 256 }))?;
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let promise = subtle().generate_key_with_object(&kind, false, &uses)?;
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

fn terms(vector: &[u8], purpose: &str) -> Result<Object, JsValue> {
    let terms = js_object(json!({ "name": "AES-GCM" }))?;
    Reflect::set(&terms, &"iv".into(), &Uint8Array::from(vector))?;
    Reflect::set(&terms, &"additionalData".into(), &Uint8Array::from(purpose.as_bytes()))?;
    Ok(terms)
}

fn js_object(value: serde_json::Value) -> Result<Object, JsValue> {
    webext::to_js(&value).map(JsCast::unchecked_into).map_err(|refused| JsValue::from(refused.0))
}

fn subtle() -> SubtleCrypto {
    CRYPTO.with(|crypto| crypto.subtle())
}
