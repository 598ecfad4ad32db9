//! Whose figure it is: the subject of its clause, of what stands behind it, or of what stood before.

use knowledge::{CueClass, UnitKind};

use super::around::Around;
use super::{Draft, Found, Near, Sentence, Whose};
use crate::frame::{Cue, Name, Part, What};
use crate::mark::{Form, Mark};
use crate::measure::Classes;
use crate::pattern::Apart;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, strength, stretch, words};

impl Sentence<'_> {
    /// The subject of a figure, as its words, its unit and the figures near it tell.
    pub(super) fn whose(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>, near: Near<'_>) -> Whose {
        let lean = near.previous.or(near.base);
        let (mut topic, mut from, behind) = match self.regarding(around, cue.map(|cue| cue.classes).unwrap_or_default(), near) {
            Some(topic) => (topic, Found::Clause, false),
            None => self.topic(quantity, around, cue, lean),
        };
        if let Some(Apart { indicator, kind, start, end, .. }) = self.pattern(quantity, around, &topic) {
            (topic.indicator, topic.kind) = (indicator, Some(kind));
            if from != Found::Clause || topic.text.is_empty() {
                topic.text = words(self.text, self.tokens, start, end.min(around.clause.1.max(start + 1)));
            }
            from = Found::Clause;
        }
        let inherited = lean.map(|draft| &draft.topic);
        if let Some(fuller) = inherited
            .or(self.before)
            .filter(|fuller| from == Found::Clause && topic.shortens(self.known, fuller) && self.may_measure(fuller, quantity))
        {
            (topic.indicator, topic.kind) = (fuller.indicator, fuller.kind);
        }
        if from != Found::Clause {
            self.fit_unit(&mut topic, quantity);
        }
        if from == Found::Clause && !behind {
            self.head_of_item(&mut topic, around);
        }
        if topic.breakdown.is_empty() {
            self.goods(&mut topic, quantity, inherited);
        }
        Whose { topic, from, behind }
    }

    pub(super) fn topic(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>, previous: Option<&Draft>) -> (Topic, Found, bool) {
        let classes = cue.map(|cue| cue.classes).unwrap_or_default();
        // Things are what they are called, unless a name with a verb stands before them.
        let own = self.own(around, cue).map(|(found, from, to)| (self.fitting(found, quantity, to), from, to));
        if quantity.measured == Measured::Things {
            let (topic, found) = self.things(quantity, around, own, previous);
            return (topic, found, false);
        }
        // `16/28 tỉnh, thành chi vượt dự toán`: the things behind the slash are counted.
        if let Some(whole) = self.counted_of(quantity) {
            let (topic, found) = self.things(&self.frame.quantities[whole], &self.around(whole), None, None);
            return (topic, found, false);
        }
        // `…; 5% doanh nghiệp tiếp cận được`: a percentage that opens its clause is of what stands behind it.
        let opens = around.previous.is_some()
            && around.base.is_none()
            && cue.is_none()
            && self.unit_kind(quantity) == Some(UnitKind::Percent)
            && stretch(self.known, self.frame, around.clause.0, around.clause.1).is_empty()
            && around.clause.0 > around.gap.0
            && around.behind.0 < around.behind.1
            && matches!(self.frame.part(around.behind.0), Part::Noun | Part::Name(_));
        if opens && let Some(topic) = self.topic_behind(around, classes, quantity) {
            return (topic, Found::Clause, true);
        }
        // `doanh thu đạt …`, `đạt doanh thu …`, `mức tăng 3,98% GRDP`
        // `thủy điện chiếm 44% tổng công suất`: a share is of what its whole is.
        if classes.has(CueClass::Share) {
            let (from, to) = around.behind;
            let stop = self
                .frame
                .cues
                .iter()
                .find(|c| c.start > from && c.start < to && c.classes.any(&[CueClass::Basis, CueClass::Verb, CueClass::Up, CueClass::Down]))
                .map_or(to, |c| c.start);
            let found = stretch(self.known, self.frame, from, stop);
            let measures = found.head.is_some_and(|head| self.is_yardstick(&head)) && (own.is_some() || previous.is_some());
            if found.head.is_some_and(|head| strength(self.known, &head) >= 2 && head.start <= from + 4) && !measures {
                let mut topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, stop);
                if let Some((first, last)) = own.as_ref().and_then(|(found, ..)| found.content) {
                    topic.breakdown = words(self.text, self.tokens, first, last);
                } else if let Some(draft) = previous {
                    topic.breakdown.clone_from(&draft.topic.breakdown);
                    // `xuất khẩu sang Hoa Kỳ đạt …, chiếm 29% kim ngạch xuất khẩu`: the part is the subject before.
                    if draft.topic.indicator.is_some() && draft.topic.indicator == topic.indicator {
                        topic = Topic { part: topic.part, ..draft.topic.clone() };
                    }
                }
                return (topic, Found::Clause, false);
            }
        }
        let inherits =
            previous.is_some_and(|draft| !draft.topic.text.is_empty()) || self.before.is_some_and(|topic| topic.indicator.is_some());
        // `Con số này rất sát so với dự đoán …`: the clause points back, whatever else it says.
        let points_back = self.frame.names.iter().any(|name| {
            name.what == What::Anaphor && name.start >= around.gap.0 && name.end <= around.gap.1 && name.start <= around.gap.0 + 2
        }) && own.as_ref().is_none_or(|(found, ..)| {
            found.head.is_none_or(|head| strength(self.known, &head) == 0) && found.narrowed + found.propers + found.places == 0
        });
        let named = own.clone().filter(|_| !points_back).filter(|(found, ..)| {
            found.head.is_some_and(|head| {
                let near = previous.is_some() || self.introduces(head.start);
                !(self.yields(&head, quantity, cue, inherits, near) || inherits && self.is_case(&head))
            })
        });
        // `giúp hợp tác xã giảm 35% lượng phân bón`: people and bodies do not move by a percentage where something behind it does.
        let acts = named.as_ref().is_some_and(|(found, ..)| {
            found.head.is_some_and(|head| strength(self.known, &head) <= 2 && !head.counted && !self.hits_prefix(head.start))
        });
        if acts
            && classes.any(&[CueClass::Up, CueClass::Down])
            && self.unit_kind(quantity) == Some(UnitKind::Percent)
            && around.behind.0 < around.behind.1
            && matches!(self.frame.part(around.behind.0), Part::Noun | Part::Name(_))
            && let Some(topic) = self.topic_behind(around, classes, quantity)
        {
            return (topic, Found::Clause, true);
        }
        if let Some((found, from, to)) = named {
            let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, to);
            return (topic, Found::Clause, false);
        }
        if let Some(topic) = self.topic_behind(around, classes, quantity) {
            return (topic, Found::Clause, true);
        }
        if let Some(topic) = own.as_ref().filter(|(found, ..)| found.head.is_none()).and_then(|(found, ..)| self.made(found, quantity)) {
            return (topic, Found::Clause, false);
        }
        if own.as_ref().is_none_or(|(found, ..)| found.head.is_none())
            && let Some(topic) = self.object_behind(around, classes, quantity)
        {
            return (topic, Found::Clause, false);
        }
        let inherited = previous.map(|draft| (&draft.topic, Found::Sentence)).or(self.before.map(|topic| (topic, Found::Context)));
        let own = self.own(around, cue);
        // `titan từ 11% lên 16%; vàng từ 15% lên 25%`: the same cue and unit again, with another name before them.
        let parallel = previous.is_some_and(|draft| {
            let other = &self.frame.quantities[draft.quantity];
            self.unit_kind(other) == self.unit_kind(quantity)
                && (draft.cue.same(classes) || (draft.cue.any(&[CueClass::Reach]) && classes.any(&[CueClass::From])))
        });
        // `Các mặt hàng nhập khẩu: thủy sản đạt …`: a case alone narrows the subject that the sentence began with.
        if inherited.is_none_or(|(_, place)| place == Found::Context)
            && let Some((found, from, to)) = own.as_ref().filter(|(found, ..)| found.only_narrows())
            && let Some((fuller, start, end)) =
                self.earlier(around).filter(|(fuller, ..)| fuller.head.is_some_and(|head| !(inherits && self.is_case(&head))))
        {
            let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &fuller, start, end);
            return (topic.narrowed(self.frame, self.text, self.tokens, found, *from, *to), Found::Clause, false);
        }
        match (own, inherited) {
            (_, Some((topic, place))) if points_back => (topic.clone(), place, false),
            (Some((found, from, to)), Some((topic, place)))
                if found.only_narrows()
                    || found.introduced
                    || found.head.is_some()
                    || (parallel && found.nouns <= 4)
                    || (found.nouns <= 4 && self.is_part_of_list(around))
                    || (found.propers > 0 && previous.is_some()) =>
            {
                (topic.narrowed(self.frame, self.text, self.tokens, &found, from, to), place, false)
            }
            // (a word of rate or growth alone names nothing: `với tốc độ tăng 9,76%`)
            (Some((found, from, to)), _)
                if found.content.is_some()
                    && (found.nouns + found.propers + found.narrowed > 0 || found.head.is_some() || inherited.is_none()) =>
            {
                (Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, to), Found::Clause, false)
            }
            (_, Some((topic, place))) => (topic.clone(), place, false),
            (_, None) => (Topic::default(), Found::Nowhere, false),
        }
    }

    /// A stretch whose head its unit can measure: in `lao động nam có thu nhập 9 triệu đồng` money is no number of people.
    fn fitting(&self, mut found: Stretch, quantity: &Quantity, to: usize) -> Stretch {
        let Some(head) = found.head.filter(|head| !self.can_be_in(head, quantity)) else { return found };
        let behind = stretch(self.known, self.frame, head.end, to);
        match behind.head.filter(|name| strength(self.known, name) >= 2 && self.can_be_in(name, quantity)) {
            Some(name) => found.head = Some(name),
            None => found.unfit = true,
        }
        found
    }

    /// Where an item of a list begins whose name holds commas: `; ngành cung cấp nước và xử lý rác, nước thải tăng 5,4%`.
    pub(super) fn item(&self, around: &Around) -> Option<usize> {
        let strong = |at: usize| self.tokens[at].is(';') || self.tokens[at].is(':') || self.tokens[at].is('(');
        let start = (around.gap.0..around.clause.0).rev().find(|at| strong(*at)).map(|at| at + 1)?;
        let narrow = self.frame.cues.iter().any(|cue| cue.start == start && cue.classes.has(CueClass::Narrow));
        let governed = self.frame.cues.iter().any(|cue| {
            cue.start > start
                && cue.end < around.clause.0
                && cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Share, CueClass::Reach])
        });
        (narrow && !governed && start < around.clause.0 - 1).then_some(start)
    }

    /// Whether a name gives way to the subject before it: a verb of growth that is the cue itself (`tăng trưởng 12%`),
    /// or people and places, of which a price or a sum is no level (`Công ty A giảm 9.600 đồng`).
    pub(super) fn yields(&self, head: &Name, quantity: &Quantity, cue: Option<&Cue>, inherits: bool, near: bool) -> bool {
        match strength(self.known, head) {
            1 => {
                near && cue.is_some_and(|cue| {
                    cue.start <= head.start && head.end <= cue.end && cue.classes.any(&[CueClass::Up, CueClass::Growth, CueClass::Down])
                })
            }
            0 => {
                let counted = self.hits_prefix(head.start);
                let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
                inherits && !counted && (!percent || near || cue.is_some_and(|cue| cue.classes.any(&[CueClass::Complete, CueClass::Share])))
            }
            _ => false,
        }
    }

    /// Whether a name is a case of what the sentence splits (`Trong đó, nhóm lương thực tăng 5%`).
    fn is_case(&self, head: &Name) -> bool {
        self.introduces(head.start) && self.splits()
    }

    /// Whether a name begins with a noun that introduces a narrower case (`nhóm hàng may mặc`).
    pub(super) fn introduces(&self, at: usize) -> bool {
        self.hits.at(at).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Narrow))
    }

    /// Whether a word of number (`số`, `lượng`) lengthens a name to the left.
    pub(super) fn hits_prefix(&self, at: usize) -> bool {
        (at.saturating_sub(3).max(self.frame.range.0)..at)
            .any(|start| self.hits.at(start).iter().any(|hit| hit.end as usize == at && hit.mark == Mark::Prefix))
    }

    /// The subject that the clause itself names: between cue and figure, before the cue, or in an earlier clause of the gap.
    pub(super) fn own(&self, around: &Around, cue: Option<&Cue>) -> Option<(Stretch, usize, usize)> {
        let (from, to) = around.clause;
        // A verb or a word of saying may open another predicate: the subject stands behind the last one that leaves a name.
        let breaks = |from: usize, to: usize| {
            let opens = |c: &&Cue| {
                c.start >= from
                    && c.end <= to
                    && c.classes.any(&[CueClass::Verb, CueClass::Speaker])
                    && !c.classes.any(&[CueClass::Up, CueClass::Down])
            };
            let last = self.frame.cues.iter().rev().filter(opens).map(|c| c.end);
            let force = |start: usize| stretch(self.known, self.frame, start, to).head.map(|head| strength(self.known, &head));
            let whole = force(from);
            // (`vốn đầu tư … do địa phương quản lý`: a clause that only describes a name is weaker than it)
            let named = last.clone().find(|start| force(*start).is_some_and(|own| own > 0 || whole.is_none_or(|whole| whole < 2)));
            named.unwrap_or(if whole.is_some() { from } else { last.clone().next().unwrap_or(from) })
        };
        let Some(cue) = cue else {
            let from = breaks(from, to);
            let found = stretch(self.known, self.frame, from, to);
            return (!found.is_empty()).then_some((found, from, to)).or_else(|| self.earlier(around));
        };
        let before_from = self.item(around).unwrap_or_else(|| breaks(from, cue.start.max(from)));
        // `tăng 5 USD so với giá đóng cửa lên 1.420 USD`: what the figure before is compared with is no subject.
        let compared = around.previous.is_some()
            && before_from <= around.gap.0
            && self.frame.cues.iter().any(|c| c.start == around.gap.0 && c.classes.has(CueClass::Basis));
        let before_from = if compared { cue.start.max(before_from) } else { before_from };
        let before = stretch(self.known, self.frame, before_from, cue.start.max(before_from));
        let between = stretch(self.known, self.frame, cue.end.min(to), to);
        // `tăng trưởng tín dụng 12%`, `đạt doanh thu 5 tỷ đồng`, `xuất siêu`: the name behind the cue, or the cue itself.
        let inside = stretch(self.known, self.frame, cue.start, cue.end.min(to));
        // `doanh thu đạt mức tăng trưởng 14,6%`: the growth is that of the name before it.
        let goes_on = around.previous.is_some() || self.before.is_some_and(|topic| topic.indicator.is_some());
        let says_whose = before.head.is_some() || (goes_on && before.nouns + before.narrowed > 0);
        let only_growth = says_whose && between.head.or(inside.head).is_some_and(|head| self.is_only_growth(&head));
        if between.head.is_some() && !only_growth && (before.head.is_none() || !cue.classes.any(&[CueClass::Share, CueClass::Contribute])) {
            let mut found = between;
            found.growth |= cue.classes.any(&[CueClass::Growth]) || (cue.classes.has(CueClass::Up) && cue.classes.has(CueClass::Growth));
            return Some((found, cue.end, to));
        }
        if inside.head.is_some() && !only_growth {
            // `khu vực FDI xuất siêu 4,5 tỷ USD`: the part stands before the balance.
            if let Some((first, _)) = before.content.filter(|_| before.head.is_none()) {
                let content = Some((first, inside.content.map_or(cue.end, |(_, last)| last)));
                return Some((Stretch { content, nouns: before.nouns, narrowed: before.narrowed, ..inside }, before_from, to));
            }
            return Some((inside, cue.start, to));
        }
        if before.head.is_some() {
            let mut found = before;
            found.growth |= only_growth || (cue.classes.has(CueClass::Growth) && !cue.classes.has(CueClass::Up));
            return Some((found, before_from, cue.start));
        }
        if !between.is_empty() && between.nouns + between.propers > 0 && before.is_empty() {
            return Some((between, cue.end, to));
        }
        if !before.is_empty() {
            return Some((before, before_from, cue.start));
        }
        self.earlier(around)
    }

    /// Whether a name is nothing but a word of growth (`mức tăng trưởng`, which alone means the economy's).
    pub(super) fn is_only_growth(&self, name: &Name) -> bool {
        (name.start..name.end)
            .any(|at| self.hits.at(at).iter().any(|hit| hit.end as usize == name.end && hit.mark == Mark::Cue(CueClass::Growth)))
    }

    /// A subject in an earlier clause of the gap: `Kim ngạch xuất khẩu, theo Tổng cục Hải quan, đạt …`.
    pub(super) fn earlier(&self, around: &Around) -> Option<(Stretch, usize, usize)> {
        let (from, to) = (around.gap.0, around.clause.0);
        let mut end = to;
        let mut at = to;
        let mut best = None;
        let mut strongest = 0;
        while at > from {
            at -= 1;
            let joint = self.frame.is_joint(self.tokens, at);
            if joint || at == from {
                let start = if joint { at + 1 } else { at };
                // Behind a figure the first clause is that figure's own complement.
                let complement = around.previous.is_some() && at == from && !joint;
                if !complement && start < end {
                    let cues = self.frame.cues.iter().any(|c| c.start >= start && c.end <= end && c.classes.has(CueClass::Speaker));
                    let found = stretch(self.known, self.frame, start, end);
                    let force = found.head.map_or(0, |head| 1 + strength(self.known, &head));
                    if force > strongest && !cues {
                        (strongest, best) = (force, Some((found, start, end)));
                        end = at;
                        continue;
                    }
                    if !found.is_empty()
                        && !cues
                        && best.is_none()
                        && around.previous.is_none()
                        && end + 1 >= to
                        && (found.nouns > 0 || found.narrowed > 0)
                    {
                        best = Some((found, start, end));
                    }
                }
                end = at;
            }
        }
        best
    }

    /// A subject behind a figure: `mức tăng 3,98% GRDP`, `60% người dùng`, `10% kế hoạch doanh thu`.
    pub(super) fn topic_behind(&self, around: &Around, cue: Classes, quantity: &Quantity) -> Option<Topic> {
        let (from, to) = around.behind;
        if from >= to || self.tokens[from].line {
            return None;
        }
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        let plan = self
            .frame
            .cues
            .iter()
            .find(|c| c.start >= from && c.start <= from + 1 && c.end <= to && c.classes.has(CueClass::Plan))
            .map(|c| c.end);
        let start = plan.unwrap_or(from);
        // `giảm 40% lượng giống`: what moves stands right behind.
        let moves = cue.any(&[CueClass::Up, CueClass::Down]) && matches!(self.frame.part(from), Part::Noun | Part::Name(_));
        if cue.any(&[CueClass::Share, CueClass::Contribute, CueClass::Up, CueClass::Down, CueClass::Multiple])
            && !cue.has(CueClass::Growth)
            && !moves
        {
            return None;
        }
        let stop = self
            .frame
            .cues
            .iter()
            .find(|c| {
                c.start > start
                    && c.start < to
                    && c.classes.any(&[CueClass::Basis, CueClass::Whole, CueClass::While, CueClass::Verb, CueClass::Plan])
            })
            .map_or(to, |c| c.start);
        let first = (start..stop).find(|at| !matches!(self.frame.part(*at), Part::Light))?;
        if !matches!(self.frame.part(first), Part::Noun | Part::Name(_)) || first > start + 2 {
            return None;
        }
        let found = stretch(self.known, self.frame, start, stop);
        // `bội chi bằng 3,4% GDP` is of the deficit.
        if percent && found.head.is_some_and(|head| self.is_yardstick(&head)) && !cue.has(CueClass::Growth) {
            return None;
        }
        let named = found.head.is_some_and(|head| head.start <= start + 3);
        if named
            || (plan.is_none()
                && (percent || moves)
                && found.nouns > 0
                && cue.any(&[CueClass::Level, CueClass::Increment]) | cue.is_empty() | moves)
        {
            return Some(Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, stop));
        }
        None
    }

    /// Whether a name is a yardstick of others (`GDP`).
    fn is_yardstick(&self, name: &Name) -> bool {
        matches!(name.what, What::Indicator(index, _) if self.known.indicators[index as usize].yardstick)
    }

    /// The things of which a bare number counts a part (`16/28 tỉnh`), by the number of their quantity.
    fn counted_of(&self, quantity: &Quantity) -> Option<usize> {
        let slash = quantity.measured == Measured::Bare && self.tokens.get(quantity.end).is_some_and(|token| token.is('/'));
        let whole = |next: &Quantity| next.start == quantity.end + 1 && next.measured == Measured::Things;
        self.frame.quantities.iter().position(whole).filter(|_| slash)
    }

    /// What a figure counts or weighs right behind it, where nothing before it is its subject: `có 26,4 triệu ha đất nông nghiệp`,
    /// `làm 6.000 ha lúa bị ngập`, `đã có 280.000 tỷ đồng được cơ cấu lại`.
    fn object_behind(&self, around: &Around, cue: Classes, quantity: &Quantity) -> Option<Topic> {
        use UnitKind::{Area, Energy, Length, Mass, Money, Power, Volume};
        let acts = cue.is_empty() || cue.any(&[CueClass::Act, CueClass::Contribute]);
        let amount = match self.unit_kind(quantity)? {
            Money => acts,
            Mass | Volume | Area | Length | Energy | Power => acts || cue.any(&[CueClass::Level, CueClass::Increment]),
            _ => false,
        };
        let split = self.frame.cues.iter().any(|c| c.start >= around.gap.0 && c.end <= around.clause.1 && c.classes.has(CueClass::Parts));
        let of_whole = self.frame.cues.iter().any(|c| c.end == quantity.lead && c.classes.has(CueClass::Whole));
        if !amount || quantity.per[0].is_some() || around.base.is_some() || split || of_whole {
            return None;
        }
        let (from, to) = around.behind;
        let skips = |at: usize| match self.frame.part(at) {
            Part::Light => true,
            Part::Cue(cue) => self.frame.cues[cue as usize].classes.any(&[CueClass::Function, CueClass::Level]),
            _ => false,
        };
        let first = (from..to.min(from + 2)).find(|at| !skips(*at))?;
        if self.tokens[from].line || !matches!(self.frame.part(first), Part::Noun | Part::Proper | Part::Name(_)) {
            return None;
        }
        let ends = |at: &usize| matches!(self.frame.part(*at), Part::Cue(cue) if !self.frame.cues[cue as usize].classes.has(CueClass::Function));
        let stop = (first..to).find(ends).unwrap_or(to);
        let found = stretch(self.known, self.frame, first, stop);
        (found.nouns + found.narrowed > 0 || found.head.is_some())
            .then(|| Topic::of(self.known, self.frame, self.text, self.tokens, &self.fitting(found, quantity, stop), first, stop))
    }

    /// `Sản xuất phân bón đạt 1,9 triệu tấn`: an industry's name is its product's output where the figure is an amount of goods.
    fn made(&self, found: &Stretch, quantity: &Quantity) -> Option<Topic> {
        let (first, last) = found.content?;
        let goods = matches!(self.unit_kind(quantity), Some(UnitKind::Mass | UnitKind::Volume | UnitKind::Energy));
        let industry = matches!(self.frame.part(first), Part::Name(at) if matches!(self.frame.names[at as usize].what, What::Industry(_)));
        let (index, verb) = self.hits.at(first).iter().find_map(|hit| match hit.mark {
            Mark::Indicator(index, Form::Verb) => Some((index, hit.end as usize)),
            _ => None,
        })?;
        if !goods || !industry || verb >= last {
            return None;
        }
        let kind = Some(self.known.indicators[index as usize].kind);
        let mut topic = Topic { indicator: Some(index), kind, text: words(self.text, self.tokens, first, last), ..Topic::default() };
        if let Some(product) = self.frame.inner.iter().find(|name| name.start == verb && matches!(name.what, What::Product(_))) {
            topic.take(product.what, words(self.text, self.tokens, product.start, product.end));
        }
        Some(topic)
    }

    /// `Kế đến là dệt may, giá trị xuất khẩu đạt …`, `Hoa Kỳ dẫn đầu với kim ngạch …`: a product or partner that opens the clause or
    /// the one before it narrows the name that follows.
    fn head_of_item(&self, topic: &mut Topic, around: &Around) {
        let Some(index) = topic.indicator.filter(|_| topic.product.is_none() && topic.partner.is_none() && topic.industry.is_none()) else {
            return;
        };
        let parts = &self.known.indicators[index as usize].parts;
        let named = |name: &&Name| match name.what {
            What::Product(_) => parts.contains(&knowledge::Part::Product),
            What::Partner(_) => parts.contains(&knowledge::Part::Partner),
            What::Industry(_) => parts.contains(&knowledge::Part::Industry),
            _ => false,
        };
        let from = (around.gap.0..around.clause.0).rev().find(|at| self.tokens[*at].is(';') || self.tokens[*at].is('.')).unwrap_or(around.gap.0);
        // (behind a figure its own complement comes first)
        let from = match around.previous {
            Some(_) => (from..around.clause.0).find(|at| self.is_joint(*at, 1)).unwrap_or(around.clause.0),
            None => from,
        };
        let inside = |name: &&Name| name.start >= from && name.end <= around.clause.1;
        let names: Vec<_> = self.frame.names.iter().filter(inside).filter(named).collect();
        if let [name] = names[..] {
            topic.take(name.what, words(self.text, self.tokens, name.start, name.end));
        }
    }

    /// What a change is of, named behind it: `tăng 19% về số doanh nghiệp và 31% về vốn đăng ký` splits the figures before it.
    fn regarding(&self, around: &Around, cue: Classes, near: Near<'_>) -> Option<Topic> {
        let (from, to) = around.behind;
        let about = |at: usize| self.hits.at(at).iter().find(|hit| hit.mark == Mark::Cue(CueClass::About)).map(|hit| hit.end as usize);
        let start = (from < to && !self.tokens[from].line).then(|| about(from)).flatten()?;
        let moves = cue.any(&[CueClass::Up, CueClass::Down, CueClass::Multiple, CueClass::Equal]) || cue.is_empty();
        let named = self.hits.at(from).iter().any(|hit| matches!(hit.mark, Mark::Beside(..)));
        if !moves || named || start >= to || !matches!(self.frame.part(start), Part::Noun | Part::Light | Part::Name(_)) {
            return None;
        }
        let ends = |at: &usize| match self.frame.part(*at) {
            Part::Cue(cue) => self.frame.cues[cue as usize].classes.any(&[CueClass::Basis, CueClass::Up, CueClass::Down, CueClass::While]),
            _ => self.is_and(*at),
        };
        let stop = (start..to).find(ends).unwrap_or(to);
        let found = stretch(self.known, self.frame, start, stop);
        let (first, last) = found.content?;
        let said = words(self.text, self.tokens, first, last).to_lowercase();
        let same = |draft: &&Draft| draft.topic.indicator.is_some() && draft.topic.text.to_lowercase().contains(&said);
        if let Some(draft) = near.drafts.iter().rfind(same) {
            return Some(draft.topic.clone());
        }
        let strong = found.head.is_some_and(|head| strength(self.known, &head) >= 2);
        strong.then(|| Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, stop))
    }

    /// Whether the clause is an item of a list that `trong đó` or a colon opened in this sentence.
    pub(super) fn is_part_of_list(&self, around: &Around) -> bool {
        let from = self.frame.range.0;
        around.previous.is_some() && (from..around.clause.0).any(|at| self.tokens[at].is(':') || self.tokens[at].is(';'))
            || self.frame.cues.iter().any(|c| c.start >= from && c.end <= around.clause.1 && c.classes.has(CueClass::Parts))
    }
}
