//! Sending requests: a turn first, then repeats of what is safe to repeat.

use std::cell::Cell;
use std::rc::Rc;

use crate::http::pace::Pace;
use crate::http::{ApiError, Patience, Product, Rate, limit};
use crate::platform::{Cut, Host, Request, Response, StoreError};

/// How often a request that is safe to repeat is repeated after a fault.
const REPEATS: u32 = 3;
/// How often in a row a request is refused for the rate before the caller is told.
const REFUSALS: u32 = 12;
/// First wait after a fault; doubled each time.
const FIRST_WAIT_MS: i64 = 400;

/// Whether a request may be sent again after a fault that leaves open whether it was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It changes nothing.
    Safe,
    /// It writes: whoever sent it looks first.
    Never,
}

/// A sender of requests to one product's instance. Clones share the count of requests, so make one
/// per instance and clone it.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
    patience: Patience,
}

struct Inner {
    host: Host,
    product: Product,
    pace: Pace,
    used: Cell<u64>,
}

impl Client {
    /// For the instance at `origin`, which is also the name under which its requests are counted.
    pub fn new(host: Host, product: Product, origin: &str, rate: Rate, patience: Patience) -> Self {
        let pace = Pace::new(host.clone(), origin.to_owned(), rate);
        Self { inner: Rc::new(Inner { host, product, pace, used: Cell::new(0) }), patience }
    }

    /// The same sender for a caller with another patience.
    pub fn with_patience(&self, patience: Patience) -> Self {
        Self { inner: self.inner.clone(), patience }
    }

    /// How long its callers wait.
    pub fn patience(&self) -> Patience {
        self.patience
    }

    /// The host that it speaks through.
    pub fn host(&self) -> &Host {
        &self.inner.host
    }

    /// The product on the other side.
    pub fn product(&self) -> Product {
        self.inner.product
    }

    /// Requests sent so far by this sender and its clones, repeats included.
    pub fn requests(&self) -> u64 {
        self.inner.used.get()
    }

    /// The allowance that it keeps to now; the server may have announced a smaller one.
    pub fn rate(&self) -> Rate {
        self.inner.pace.rate()
    }

    /// Until when the server takes no requests, in milliseconds since 1970, where it said so.
    pub fn closed_until(&self) -> Option<i64> {
        self.inner.pace.closed_until()
    }

    /// Until when no further request of a sync is sent after so many that are on their way, in milliseconds since
    /// 1970: because the server said so, or because the allowance is used up.
    pub fn shut_until(&self, under_way: usize) -> Option<i64> {
        self.inner.pace.shut_until(u32::try_from(under_way).unwrap_or(u32::MAX))
    }

    /// Sends a request when its turn has come. Any answer but "too many requests" and, where
    /// repeating is safe, a server fault is the caller's to read.
    pub async fn send(&self, request: Request, repeat: Repeat) -> Result<Response, ApiError> {
        let Inner { host, product, pace, used } = &*self.inner;
        let product = *product;
        let deadline = host.clock.now().saturating_add(self.patience.0);
        let (mut faults, mut refusals) = (0, 0);
        loop {
            let turn = pace.take(self.patience, deadline).await;
            turn.map_err(|until| ApiError::RateLimited { product, until })?;
            used.set(used.get() + 1);
            let again = repeat == Repeat::Safe && faults < REPEATS;
            match host.http.send(request.clone()).await {
                Ok(answer) if answer.status == 429 => {
                    let until = self.refused(&answer, refusals).await;
                    refusals += 1;
                    if until > deadline || refusals >= REFUSALS {
                        return Err(ApiError::RateLimited { product, until });
                    }
                }
                Ok(answer) if answer.status >= 500 && again => {
                    if let Some(until) = limit::retry_after(&answer, host.clock.now()) {
                        if until > deadline {
                            return Ok(answer);
                        }
                        pace.close(until).await;
                    }
                    self.pause(faults).await;
                    faults += 1;
                }
                Ok(answer) => return Ok(answer),
                Err(Cut::Locked) => return Err(StoreError::Locked.into()),
                Err(Cut::NotPermitted(origin)) => return Err(ApiError::NotPermitted { product, origin }),
                Err(Cut::Broken(_)) if again => {
                    self.pause(faults).await;
                    faults += 1;
                }
                Err(Cut::Broken(why)) if repeat == Repeat::Safe => {
                    let origin = request.url.origin().ascii_serialization();
                    return Err(ApiError::Unreachable { product, origin, why });
                }
                Err(Cut::Broken(why)) => return Err(ApiError::Interrupted { product, why }),
            }
        }
    }

    /// Closes the host for the time that the server says or is known to mean; tells until when.
    async fn refused(&self, answer: &Response, nth: u32) -> i64 {
        let Inner { host, product, pace, .. } = &*self.inner;
        let now = host.clock.now();
        if let Some(rate) = limit::announced(&answer.body) {
            pace.announce(rate);
        }
        let until = limit::retry_after(answer, now).unwrap_or_else(|| limit::guess(*product, now, nth, self.chance()));
        pace.close(until).await;
        until
    }

    async fn pause(&self, nth: u32) {
        let wait = (FIRST_WAIT_MS << nth.min(6)) as f64 * (0.5 + self.chance());
        self.inner.host.clock.sleep(wait as i64).await;
    }

    /// 0 to 1.
    fn chance(&self) -> f64 {
        let mut bytes = [0; 4];
        self.inner.host.random.fill(&mut bytes);
        f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
    }
}
