//! A run: many hosts at once, one request at a time to each, until nothing is left or the time is over.
//!
//! One task schedules and is the only one that touches archive and state; requests fly beside it (see `job`).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::JoinSet;
use url::Url;

use crate::address::Guard;
use crate::client::{Client, Limits, Validators};
use crate::job::{Job, Landed};
use crate::lane::{Known, Lane};
use crate::outcome::{Event, Outcome, Planned};
use crate::pace::{Clock, Patience};
use crate::plan::{Habits, Kind, Rank, Skip, Task, Wish, decide};
use crate::robots::Rules;
use crate::state::Seen;
use crate::store::{SOFTWARE, Store};
use crate::{Failure, FetchError};

/// The product token that robots.txt files address.
pub const AGENT: &str = "solieu";
/// A robots.txt is asked for again after a day (RFC 9309, 2.4).
const ROBOTS_AGE: Duration = Duration::from_secs(86_400);
/// Notes that are committed at once; a crash before costs a look through the open file, nothing else.
const BATCH: usize = 512;

/// How a run behaves.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Whom site owners can write to: a mail address or a page.
    pub contact: String,
    /// The least time between two requests to one host; a profile or robots.txt can make it longer.
    pub min_gap: Duration,
    /// Hosts that are asked at once.
    pub hosts_at_once: usize,
    /// Requests to one host in one run.
    pub budget: u64,
    /// Attempts at one address in one run.
    pub attempts: u32,
    /// The longest time of a run; what is left waits for the next.
    pub longest: Duration,
    /// Backoff and circuit breaker.
    pub patience: Patience,
    /// How often a circuit opens before a host is given up for the run.
    pub openings: u32,
    /// Bounds of one exchange.
    pub limits: Limits,
    /// Which addresses may be asked.
    pub guard: Guard,
    /// Which pages are looked at again.
    pub habits: Habits,
    /// The most pages of one section that are asked for.
    pub section_pages: u32,
    /// What the jitter is drawn from.
    pub seed: u64,
}

impl Manners {
    /// The user agent: who, and whom to write to.
    pub fn user_agent(&self) -> Result<String, FetchError> {
        let contact = self.contact.trim();
        if contact.is_empty() || !contact.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return Err(FetchError::NoContact);
        }
        Ok(format!("{SOFTWARE} (+{contact})"))
    }
}

/// Fetches what is wished for into the store.
pub async fn fetch(
    store: &mut Store,
    wish: &Wish,
    manners: &Manners,
    clock: &dyn Clock,
    watch: &mut (dyn FnMut(&Event<'_>) + Send),
) -> Result<Outcome, FetchError> {
    let client = Client::new(&manners.user_agent()?, manners.guard.clone(), manners.limits)?;
    let began = clock.now();
    let mut run = Run {
        store,
        wish,
        manners,
        clock,
        watch,
        client,
        deadline: began.checked_add(manners.longest).unwrap_or(Timestamp::MAX),
        lanes: BTreeMap::new(),
        queued: BTreeSet::new(),
        sources: BTreeMap::new(),
        number: 0,
        pages: 0,
        flying: JoinSet::new(),
        outcome: Outcome { began, ..Outcome::default() },
    };
    run.queue_wishes()?;
    run.work().await?;
    run.put_off_the_rest()?;
    (run.watch)(&Event::Over);
    let mut outcome = run.outcome;
    outcome.ended = clock.now();
    if wish.dry_run {
        store.state.forget_notes();
    } else {
        store.close()?;
    }
    Ok(outcome)
}

/// A run at work.
pub(crate) struct Run<'a> {
    pub(crate) store: &'a mut Store,
    pub(crate) wish: &'a Wish,
    pub(crate) manners: &'a Manners,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) watch: &'a mut (dyn FnMut(&Event<'_>) + Send),
    client: Client,
    pub(crate) deadline: Timestamp,
    pub(crate) lanes: BTreeMap<String, Lane>,
    /// Addresses that were queued in this run.
    pub(crate) queued: BTreeSet<String>,
    /// Feeds and sitemaps of each publisher that are still out, and how many answered.
    pub(crate) sources: BTreeMap<String, (usize, usize)>,
    number: u64,
    pages: usize,
    flying: JoinSet<Landed>,
    pub(crate) outcome: Outcome,
}

impl Run<'_> {
    async fn work(&mut self) -> Result<(), FetchError> {
        loop {
            let next = self.launch()?;
            if self.flying.is_empty() {
                let Some(next) = next else { return Ok(()) };
                self.store_now()?;
                self.clock.sleep_until(next).await;
                continue;
            }
            let wakes = next.is_some() && self.flying.len() < self.manners.hosts_at_once;
            let landed = tokio::select! {
                biased;
                landed = self.flying.join_next() => landed,
                () = self.clock.sleep_until(next.unwrap_or(Timestamp::MAX)), if wakes => None,
            };
            if let Some(landed) = landed {
                let landed = landed.map_err(|error| FetchError::Stage { stage: "fetch", source: Box::new(error) })?;
                self.land(landed)?;
                self.store_when_due()?;
            }
        }
    }

    /// Starts every request that may start now; returns when the next one may.
    fn launch(&mut self) -> Result<Option<Timestamp>, FetchError> {
        let now = self.clock.now();
        let names: Vec<String> =
            self.lanes.iter().filter(|(_, lane)| lane.next_start().is_some_and(|at| at <= now)).map(|(name, _)| name.clone()).collect();
        for name in names {
            if self.flying.len() >= self.manners.hosts_at_once || now >= self.deadline {
                break;
            }
            if let Some(job) = self.next_job(&name, now)? {
                let lane = self.lane(&name);
                lane.is_busy = true;
                lane.requests += 1;
                *self.outcome.requests.entry(name).or_default() += 1;
                self.flying.spawn(job.run(self.client.clone()));
            }
        }
        let next = self.lanes.values().filter_map(Lane::next_start).min();
        Ok(next.filter(|next| *next < self.deadline && now < self.deadline))
    }

    /// The next request of a host, if its queue holds one that is allowed and wanted.
    fn next_job(&mut self, name: &str, now: Timestamp) -> Result<Option<Job>, FetchError> {
        loop {
            let lane = self.lane(name);
            if lane.next_start().is_none() {
                return Ok(None);
            }
            if lane.requests >= self.manners.budget {
                self.close_lane(name, "its budget of this run is spent")?;
                return Ok(None);
            }
            let Some((rank, task)) = self.lane(name).queue.pop_first() else { return Ok(None) };
            if task.kind == Kind::Robots {
                return Ok(Some(self.job(name, task, &Seen::default(), now, "is robots.txt")));
            }
            let origin = task.origin();
            match self.rules(name, &origin, now)? {
                None => {
                    self.lane(name).queue.insert(rank, task);
                    self.ask_for_rules(name, &origin);
                }
                Some(Known::Asking) => {
                    self.lane(name).queue.insert(rank, task);
                    return Ok(None);
                }
                Some(Known::Unreachable) => self.fail(name, &task, &Failure::RobotsUnreachable)?,
                Some(Known::Rules(rules)) => {
                    if !rules.allow(&task.url[url::Position::BeforePath..url::Position::AfterQuery]) {
                        self.fail(name, &task, &Failure::Robots)?;
                        continue;
                    }
                    let seen = self.store.state.page(task.url.as_str())?.unwrap_or_default();
                    if self.is_wanted(&task, &seen, now) {
                        return Ok(Some(self.job(name, task, &seen, now, "allowed by robots.txt")));
                    }
                }
            }
        }
    }

    /// Decides about a page; a dry run only notes the decision.
    fn is_wanted(&mut self, task: &Task, seen: &Seen, now: Timestamp) -> bool {
        // A second attempt, or the target of a redirect, was decided with the first.
        if task.kind != Kind::Page || task.attempts > 0 || !task.hops.is_empty() {
            return true;
        }
        let mut decision = decide(task.is_given, seen, self.wish, &self.manners.habits, now);
        if decision.is_ok() && self.wish.limit.is_some_and(|limit| self.pages >= limit) {
            decision = Err(Skip::Limit);
        }
        let (ask, why) = match decision {
            Ok(why) => (true, why.word()),
            Err(skip) => (false, skip.word()),
        };
        self.pages += usize::from(ask);
        if !ask {
            *self.outcome.skipped.entry(why).or_default() += 1;
        }
        if self.wish.dry_run {
            self.outcome.planned.push(Planned { url: task.url.to_string(), why, ask });
        }
        ask && !self.wish.dry_run
    }

    fn job(&self, lane: &str, task: Task, seen: &Seen, at: Timestamp, robots: &'static str) -> Job {
        // Without the content in the archive, an answer that nothing changed would leave nothing to read.
        let validators = match &seen.content {
            // A dry run wants to see what a source lists, changed or not.
            Some(_) if !self.wish.dry_run => Validators { etag: seen.etag.clone(), last_modified: seen.last_modified.clone() },
            _ => Validators::default(),
        };
        Job { lane: lane.to_owned(), at, validators, earlier: seen.revisited(), robots, packs: !self.wish.dry_run, task }
    }

    /// What is known of an origin's rules: from this run, or from one of the last day.
    fn rules(&mut self, name: &str, origin: &str, now: Timestamp) -> Result<Option<Known>, FetchError> {
        if let Some(known) = self.lane(name).robots.get(origin) {
            return Ok(Some(known.clone()));
        }
        let host = self.store.state.host(name)?;
        let Some(text) = host.robots.get(origin) else { return Ok(None) };
        let age = Duration::try_from(now.duration_since(text.at)).unwrap_or(Duration::MAX);
        if age >= ROBOTS_AGE {
            return Ok(None);
        }
        let rules = Rules::read(Some(text.status), text.text.as_bytes(), AGENT);
        Ok(Some(self.learn_rules(name, origin, Known::Rules(rules))))
    }

    pub(crate) fn learn_rules(&mut self, name: &str, origin: &str, known: Known) -> Known {
        let lane = self.lane(name);
        if let Known::Rules(rules) = &known
            && let Some(delay) = rules.delay
        {
            lane.pace.widen(delay);
        }
        lane.robots.insert(origin.to_owned(), known.clone());
        known
    }

    fn ask_for_rules(&mut self, name: &str, origin: &str) {
        self.lane(name).robots.insert(origin.to_owned(), Known::Asking);
        if let Ok(url) = Url::parse(&format!("{origin}/robots.txt")) {
            self.push(name, Task { via: Some(origin.to_owned()), ..Task::new(url, Kind::Robots) }, None);
        }
    }

    /// Queues a task at its host, whatever was queued before.
    pub(crate) fn push(&mut self, name: &str, task: Task, seen: Option<&Seen>) {
        self.number += 1;
        let rank = Rank::of(&task, seen, self.number);
        let lane = self.lane(name);
        lane.queue.insert(rank, task);
        let addresses = lane.queue.len();
        (self.watch)(&Event::Waiting { host: name, addresses });
    }

    /// The lane of a host; a new one keeps what the host asked for in an earlier run.
    pub(crate) fn lane(&mut self, name: &str) -> &mut Lane {
        let (store, manners, wish) = (&self.store, self.manners, self.wish);
        self.lanes.entry(name.to_owned()).or_insert_with(|| {
            let mut lane = Lane::new(manners.min_gap);
            let host = Url::parse(&format!("http://{name}/"));
            let publisher = host.ok().and_then(|url| wish.publishers.iter().find(|publisher| publisher.owns(&url)));
            if let Some(gap) = publisher.and_then(|publisher| publisher.min_gap) {
                lane.pace.widen(gap);
            }
            if let Some(at) = store.state.host(name).ok().and_then(|host| host.not_before) {
                lane.pace.not_before(at);
            }
            lane
        })
    }

    fn store_when_due(&mut self) -> Result<(), FetchError> {
        if self.wish.dry_run {
            return Ok(());
        }
        if self.store.writer.is_full(self.clock.now()) {
            return self.store.close();
        }
        if self.store.state.uncommitted() >= BATCH { self.store.commit() } else { Ok(()) }
    }

    fn store_now(&mut self) -> Result<(), FetchError> {
        if self.wish.dry_run { Ok(()) } else { self.store.commit() }
    }
}
