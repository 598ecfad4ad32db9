//! One host: its queue, its pace, its rules. One request at a time leaves a lane.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::pace::Pace;
use crate::plan::{Kind, Rank, Task, origin};
use crate::robots::Rules;

/// What is known of an origin's robots.txt in this run.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    /// It is being asked for.
    Asking,
    /// It answered.
    Rules(Rules),
    /// It cannot be reached.
    Unreachable,
}

#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) pace: Pace,
    pub(crate) queue: BTreeMap<Rank, Task>,
    pub(crate) robots: BTreeMap<String, Known>,
    /// A request is on its way.
    pub(crate) is_busy: bool,
    pub(crate) requests: u64,
    /// Why nothing more is asked of it in this run.
    pub(crate) closed: Option<String>,
}

impl Lane {
    pub(crate) fn new(gap: Duration) -> Self {
        Self { pace: Pace::new(gap), queue: BTreeMap::new(), robots: BTreeMap::new(), is_busy: false, requests: 0, closed: None }
    }

    /// When it can go on; `None` while it is busy, empty or waits for the rules of an origin.
    pub(crate) fn next_start(&self) -> Option<Timestamp> {
        let (_, task) = self.queue.first_key_value()?;
        let waits = task.kind != Kind::Robots && matches!(self.robots.get(&origin(&task.url)), Some(Known::Asking));
        (!self.is_busy && !waits).then(|| self.pace.ready())
    }
}
