//! One request from start to finish, away from the scheduler: ask, unpack, hash, pack.

use jiff::Timestamp;

use crate::archive::{self, About, Packed, Revisited};
use crate::client::{Client, Exchange, Validators};
use crate::plan::{Kind, Task};
use crate::{Failure, FetchError, body};

/// What one request needs to know.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) lane: String,
    pub(crate) task: Task,
    pub(crate) at: Timestamp,
    pub(crate) validators: Validators,
    pub(crate) earlier: Option<Revisited>,
    pub(crate) robots: &'static str,
    /// A dry run packs nothing.
    pub(crate) packs: bool,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Landed {
    pub(crate) lane: String,
    pub(crate) task: Task,
    pub(crate) at: Timestamp,
    pub(crate) result: Result<Answer, Failure>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) exchange: Exchange,
    /// The body, unpacked; empty unless the status is 2xx.
    pub(crate) body: Vec<u8>,
    /// BLAKE3 of the body, unpacked.
    pub(crate) hash: String,
    pub(crate) packed: Option<Result<Packed, FetchError>>,
}

impl Job {
    pub(crate) async fn run(self, client: Client) -> Landed {
        let Self { lane, task, at, validators, earlier, robots, packs } = self;
        let result = match client.ask(&task.url, &validators, at).await {
            Err(failure) => Err(failure),
            Ok(exchange) => {
                let about = About { via: task.via.clone(), publisher: task.publisher.clone(), robots };
                let limit = client.limits().max_unpacked;
                let kind = task.kind;
                // Unpacking and packing take milliseconds of pure computing, which the threads for requests should not wait for.
                let answer = tokio::task::spawn_blocking(move || answer(exchange, kind, &about, earlier.as_ref(), packs, limit));
                answer.await.unwrap_or_else(|error| Err(Failure::Connection(error.to_string())))
            }
        };
        Landed { lane, task, at, result }
    }
}

fn answer(exchange: Exchange, kind: Kind, about: &About, earlier: Option<&Revisited>, packs: bool, limit: u64) -> Result<Answer, Failure> {
    let is_page = (200..300).contains(&exchange.status);
    let body = if is_page { body::decode(&exchange.body, exchange.header("content-encoding"), limit)? } else { Vec::new() };
    let body = if kind == Kind::Source && body.starts_with(&[0x1f, 0x8b]) { body::decode(&body, Some("gzip"), limit)? } else { body };
    let hash = if is_page { blake3::hash(&body).to_hex().to_string() } else { String::new() };
    let keeps = packs && !Failure::Status(exchange.status).may_pass();
    let packed = keeps.then(|| {
        archive::pack(&exchange, about, earlier).map_err(|source| FetchError::File { path: exchange.url.as_str().into(), source })
    });
    Ok(Answer { exchange, body, hash, packed })
}
