//! What an answer leads to: an archived record, a note in the state, and often further addresses.

use jiff::Timestamp;
use url::Url;

use crate::job::{Answer, Landed};
use crate::lane::Known;
use crate::outcome::Event;
use crate::pace::{jitter, retry_after};
use crate::plan::{Kind, Task};
use crate::robots::{self, Rules};
use crate::run::{AGENT, Run};
use crate::state::{Content, RobotsText, Seen};
use crate::{Failure, FetchError};

/// Redirects that a page may take.
const MAX_HOPS: usize = 8;

impl Run<'_> {
    /// Takes in what came of a request.
    pub(crate) fn land(&mut self, landed: Landed) -> Result<(), FetchError> {
        let Landed { lane, task, at, result } = landed;
        self.lane(&lane).is_busy = false;
        match result {
            Ok(answer) if Failure::Status(answer.exchange.status).may_pass() => {
                let until = answer.exchange.header("retry-after").and_then(|value| retry_after(value, self.clock.now()));
                self.stumble(&lane, task, &Failure::Status(answer.exchange.status), until)
            }
            Err(failure) if failure.is_the_hosts() => self.stumble(&lane, task, &failure, None),
            Err(failure) => {
                self.steady(&lane);
                self.give_up(&lane, &task, &failure)
            }
            Ok(answer) => {
                self.steady(&lane);
                self.take(&lane, task, at, answer)
            }
        }
    }

    /// The host answered, so its trouble is over.
    fn steady(&mut self, name: &str) {
        let now = self.clock.now();
        self.lane(name).pace.answered(now);
    }

    /// The host is in trouble: it is left alone for a while, and the address is tried again or given up for this run.
    fn stumble(&mut self, name: &str, mut task: Task, failure: &Failure, until: Option<Timestamp>) -> Result<(), FetchError> {
        let now = self.clock.now();
        task.attempts += 1;
        let draw = jitter(self.manners.seed, task.url.as_str(), task.attempts);
        let (patience, deadline) = (self.manners.patience, self.deadline);
        let pace = &mut self.lane(name).pace;
        pace.failed(now, until, &patience, draw);
        let (ready, openings) = (pace.ready(), pace.openings());
        (self.watch)(&Event::Resting { host: name, until: ready });
        // A wait that the host asked for is a promise to it, in this run and the next.
        if let Some(until) = until {
            let mut host = self.store.state.host(name)?;
            host.not_before = host.not_before.max(Some(until));
            self.store.state.put_host(name, host);
        }
        let again = task.attempts < self.manners.attempts && ready < deadline && openings < self.manners.openings;
        if again {
            let url = task.url.to_string();
            (self.watch)(&Event::Failed { host: name, url: &url, failure, again });
            let seen = self.store.state.page(&url)?;
            self.push(name, task, seen.as_ref());
        } else {
            self.give_up(name, &task, failure)?;
        }
        if openings >= self.manners.openings {
            self.outcome.unreachable.insert(name.to_owned());
            self.close_lane(name, "it failed too often in a row")?;
        }
        Ok(())
    }

    /// Takes an answer that stands: archives it and follows where it leads.
    fn take(&mut self, name: &str, task: Task, at: Timestamp, answer: Answer) -> Result<(), FetchError> {
        let Answer { exchange, body, hash, packed } = answer;
        let bytes = exchange.body.len() as u64;
        self.outcome.bytes += bytes;
        (self.watch)(&Event::Answered { host: name, url: task.url.as_str(), status: exchange.status, bytes });
        let mut content = None;
        if let Some(packed) = packed {
            let packed = packed?;
            let (record, digest, is_revisit) = (packed.record.clone(), packed.digest.clone(), packed.is_revisit);
            let place = self.store.writer.append(packed, self.clock.now())?;
            self.outcome.archived += place.bytes;
            if !is_revisit && (200..300).contains(&exchange.status) {
                content =
                    Some(Content { id: place.id.to_string(), record, digest, hash: hash.clone(), at, is_page: task.kind == Kind::Page });
            }
        }
        let target = (300..400).contains(&exchange.status).then(|| exchange.header("location")).flatten().map(|to| exchange.url.join(to));
        if let Some(target) = target {
            return self.redirect(name, task, at, exchange.status, target.ok());
        }
        if task.kind == Kind::Robots {
            return self.take_rules(&task, at, exchange.status, &body);
        }
        if exchange.status >= 400 {
            return self.fail(name, &task, &Failure::Status(exchange.status));
        }
        let changed = self.note(&task, at, &exchange, content)?;
        match task.kind {
            Kind::Page => match changed {
                Change::New => self.outcome.new += 1,
                Change::Changed => self.outcome.changed += 1,
                Change::Unchanged => self.outcome.unchanged += 1,
            },
            Kind::Source | Kind::Section(_) => self.list(&task, &body, exchange.status == 304)?,
            Kind::Robots => {}
        }
        Ok(())
    }

    /// Notes an answered address in the state.
    fn note(
        &mut self,
        task: &Task,
        at: Timestamp,
        exchange: &crate::client::Exchange,
        content: Option<Content>,
    ) -> Result<Change, FetchError> {
        let url = task.url.as_str();
        let mut seen = self.store.state.page(url)?.unwrap_or_default();
        let before = seen.content.as_ref().map(|content| content.hash.clone());
        let change = match (&before, &content) {
            (None, _) => Change::New,
            (Some(before), Some(content)) if *before != content.hash => Change::Changed,
            _ => Change::Unchanged,
        };
        task.introduce(&mut seen, at);
        seen.checked = Some(at);
        seen.status = Some(exchange.status);
        seen.failure = None;
        seen.failures = 0;
        if exchange.status != 304 {
            seen.etag = exchange.header("etag").map(str::to_owned);
            seen.last_modified = exchange.header("last-modified").map(str::to_owned);
        }
        if change != Change::Unchanged {
            seen.changed = Some(at);
        }
        if content.is_some() {
            seen.content = content;
        }
        self.put(url, seen);
        Ok(change)
    }

    /// Follows a redirect as a task of its own: archived, paced and judged by the rules of where it leads.
    fn redirect(&mut self, name: &str, task: Task, at: Timestamp, status: u16, target: Option<Url>) -> Result<(), FetchError> {
        let most = if task.kind == Kind::Robots { usize::from(robots::MAX_REDIRECTS) } else { MAX_HOPS };
        let mut hops = task.hops.clone();
        hops.push(task.url.clone());
        let target = target.map(|mut target| {
            target.set_fragment(None);
            target
        });
        let refusal = match &target {
            None => Some(Failure::NoAddress("Location".to_owned())),
            Some(target) if hops.len() > most || hops.contains(target) => Some(Failure::Redirects(hops.len() as u8)),
            Some(target) => self.manners.guard.check(target).err(),
        };
        if let Some(failure) = refusal {
            return self.give_up(name, &task, &failure);
        }
        let Some(target) = target else { return Ok(()) };
        if task.kind != Kind::Robots {
            self.outcome.redirected += u64::from(task.kind == Kind::Page);
            let mut seen = self.store.state.page(task.url.as_str())?.unwrap_or_default();
            task.introduce(&mut seen, at);
            (seen.checked, seen.status, seen.failure, seen.failures) = (Some(at), Some(status), None, 0);
            self.put(task.url.as_str(), seen);
            if !self.queued.insert(target.to_string()) {
                return Ok(());
            }
            let mut seen = self.store.state.page(target.as_str())?.unwrap_or_default();
            Task { via: Some(task.url.to_string()), ..task.clone() }.introduce(&mut seen, at);
            self.put(target.as_str(), seen);
        }
        // A robots.txt that moved still speaks for the origin that was asked.
        let via = if task.kind == Kind::Robots { task.via.clone() } else { Some(task.url.to_string()) };
        let next = Task { url: target, via, hops, attempts: 0, ..task };
        let lane = next.url.host_str().unwrap_or_default().to_owned();
        self.push(&lane, next, None);
        Ok(())
    }

    fn take_rules(&mut self, task: &Task, at: Timestamp, status: u16, body: &[u8]) -> Result<(), FetchError> {
        let origin = task.via.clone().unwrap_or_else(|| task.origin());
        let lane = host_of(&origin);
        let mut host = self.store.state.host(&lane)?;
        let text = String::from_utf8_lossy(&body[..body.len().min(robots::SIZE_LIMIT)]).into_owned();
        host.robots.insert(origin.clone(), RobotsText { at, status, text });
        self.store.state.put_host(&lane, host);
        self.learn_rules(&lane, &origin, Known::Rules(Rules::read(Some(status), body, AGENT)));
        Ok(())
    }

    /// Gives an address up for this run.
    fn give_up(&mut self, name: &str, task: &Task, failure: &Failure) -> Result<(), FetchError> {
        if task.kind != Kind::Robots {
            return self.fail(name, task, failure);
        }
        (self.watch)(&Event::Failed { host: name, url: task.url.as_str(), failure, again: false });
        let origin = task.via.clone().unwrap_or_else(|| task.origin());
        let lane = host_of(&origin);
        // Redirects that lead nowhere are no answer but a statement that there is no such file (RFC 9309, 2.3.1.2).
        if matches!(failure, Failure::Redirects(_)) {
            self.learn_rules(&lane, &origin, Known::Rules(Rules::everything()));
        } else {
            // It is not kept, so the next run asks again.
            self.outcome.unreachable.insert(lane.clone());
            self.learn_rules(&lane, &origin, Known::Unreachable);
        }
        Ok(())
    }

    /// Notes that an address gave no page in this run.
    pub(crate) fn fail(&mut self, name: &str, task: &Task, failure: &Failure) -> Result<(), FetchError> {
        (self.watch)(&Event::Failed { host: name, url: task.url.as_str(), failure, again: false });
        *self.outcome.failed.entry(failure.word()).or_default() += 1;
        let now = self.clock.now();
        for url in [Some(&task.url), task.hops.first()].into_iter().flatten() {
            let mut seen = self.store.state.page(url.as_str())?.unwrap_or_default();
            task.introduce(&mut seen, now);
            seen.failure = Some(failure.clone());
            // Being put off is not the address's fault.
            seen.failures += u32::from(!matches!(failure, Failure::PutOff(_) | Failure::RobotsUnreachable));
            if let Failure::Status(status) = failure {
                seen.status = Some(*status);
                seen.checked = Some(now);
            }
            self.put(url.as_str(), seen);
        }
        self.source_done(task, false)
    }

    /// Asks nothing more of a host in this run; what waits there is put off to the next.
    pub(crate) fn close_lane(&mut self, name: &str, why: &str) -> Result<(), FetchError> {
        let lane = self.lane(name);
        lane.closed = Some(why.to_owned());
        let waiting = std::mem::take(&mut lane.queue);
        for task in waiting.into_values() {
            self.put_off(name, &task, why)?;
        }
        Ok(())
    }

    /// Puts off what is left when the time of the run is over.
    pub(crate) fn put_off_the_rest(&mut self) -> Result<(), FetchError> {
        let names: Vec<String> = self.lanes.keys().cloned().collect();
        for name in names {
            for task in std::mem::take(&mut self.lane(&name).queue).into_values() {
                self.put_off(&name, &task, "the time of this run is over")?;
            }
        }
        Ok(())
    }

    fn put_off(&mut self, name: &str, task: &Task, why: &str) -> Result<(), FetchError> {
        match task.kind {
            Kind::Robots => Ok(()),
            _ => self.fail(name, task, &Failure::PutOff(why.to_owned())),
        }
    }

    /// Notes an address; a dry run forgets its notes at the end.
    pub(crate) fn put(&mut self, url: &str, seen: Seen) {
        self.store.state.put_page(url, seen);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Change {
    New,
    Changed,
    Unchanged,
}

fn host_of(origin: &str) -> String {
    Url::parse(origin).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}
