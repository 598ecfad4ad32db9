//! Whose figure it is: the subject of its clause, of what stands behind it, or of what stood before.

use knowledge::{CueClass, Kind, UnitKind};
use model::Measure;

use super::around::Around;
use super::rivals::Held;
use super::{Draft, Found, Near, Sentence, Whose};
use crate::frame::{Cue, Name, What};
use crate::mark::{Mark, Speaker};
use crate::pattern::Apart;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, strength, stretch, words};

impl Sentence<'_> {
    /// The subject of a figure, as its words, its unit and the figures near it tell.
    pub(super) fn whose(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>, near: Near<'_>) -> Whose {
        if let Some(draft) = self.restated(quantity, cue, near) {
            return Whose { topic: draft.topic.clone(), from: Found::Sentence, behind: false, verb: None };
        }
        let lean = self.lean(quantity, near);
        let lean = lean.map(|last| self.member_before(last, around, near).unwrap_or(last));
        let (mut topic, mut from, mut behind) = match self.regarding(around, cue.map(|cue| cue.classes).unwrap_or_default(), near) {
            Some(topic) => (topic, Found::Clause, false),
            None => self.topic(quantity, around, cue, lean),
        };
        // (what stands behind a percentage and is no indicator needs no other name)
        let said = |found: &Apart| behind && topic.indicator.is_none() && self.answers(found, quantity);
        if let Some(found @ Apart { indicator, kind, start, end, .. }) = self.pattern(quantity, around, &topic).filter(|found| !said(found))
        {
            (topic.indicator, topic.kind) = (indicator, Some(kind));
            // (`57% thành viên dự đoán …`: who answers is a part of those asked, whatever stands before)
            if self.answers(&found, quantity) {
                (topic, from, behind) = (Topic::default(), Found::Clause, true);
            }
            if from != Found::Clause || topic.text.is_empty() {
                // (as far as the figure, unless it stands behind that)
                let last = if start < around.clause.1 { end.min(around.clause.1) } else { end };
                topic.text = words(self.text, self.tokens, if behind { quantity.end } else { start }, last);
            }
            from = Found::Clause;
        }
        let inherited = lean.map(|draft| &draft.topic);
        // (`tỷ lệ cụm công nghiệp có trạm xử lý nước thải đạt 95%; khởi công 43 cụm công nghiệp`: things are no percentage of them)
        let things = quantity.measured == Measured::Things && lean.is_some_and(|draft| draft.unit == "%");
        if let Some(fuller) = inherited
            .or(self.before)
            .filter(|fuller| from == Found::Clause && !things && topic.shortens(self.known, fuller) && self.may_measure(fuller, quantity))
        {
            (topic.indicator, topic.kind) = (fuller.indicator, fuller.kind);
        } else if let Some(again) = Self::called_again(&topic, from, near) {
            (topic.indicator, topic.kind) = (again.indicator, again.kind);
        }
        if let Some(economy) = cue.and_then(|cue| self.economy(quantity, cue, &topic, from)) {
            (topic, from) = (economy, Found::Clause);
        }
        if from != Found::Clause {
            self.fit_unit(&mut topic, quantity);
            self.refit(&mut topic, quantity, around);
            if from == Found::Sentence {
                self.refit_plan(&mut topic, quantity);
            }
        }
        if from == Found::Clause && !behind {
            self.head_of_item(&mut topic, around);
        }
        // (`VPB chiếm tỷ trọng 12%; ACB 10,7%; TCB (3,9%)`: a list of parts goes on)
        let share = |draft: &Draft| draft.measure == Measure::Share && self.is_of_kind(draft, quantity);
        let part = cue.is_none() && near.previous.or(near.base).is_some_and(share);
        // (`danh mục gồm CTG 19,4%; VHM 16,5%`: where nothing moves, no price does)
        let still = || {
            let moving = [CueClass::Up, CueClass::Down, CueClass::Growth, CueClass::Unchanged, CueClass::Reach, CueClass::Negative];
            let signed = quantity.negative || self.tokens[quantity.start].is('+');
            let moves = |cue: &Cue| cue.classes.any(&moving);
            cue.is_none() && self.unit_kind(quantity) == Some(UnitKind::Percent) && !signed && !self.frame.cues.iter().any(moves)
        };
        let part = part || still();
        if let Some(shares) = self.price_of_shares(quantity, around, cue).filter(|_| !behind && !part) {
            (topic, from) = (shares, Found::Clause);
        }
        let told = inherited.filter(|topic| topic.indicator.is_some()).or(self.before).filter(|_| from == Found::Clause && !behind);
        if let Some(trade) = self.share_of_trade(&topic, quantity, told) {
            (topic.indicator, topic.kind) = (trade.indicator, trade.kind);
        }
        if topic.breakdown.is_empty() {
            self.goods(&mut topic, quantity, inherited);
        }
        if let Some(worth) = self.worth(quantity, around, &topic, near.previous).filter(|_| from != Found::Clause) {
            topic.text = worth;
        }
        let done = self.done(quantity, around, cue, near.previous, &topic);
        let verb = done.as_ref().map(|(_, verb)| *verb);
        if let Some((act, _)) = done {
            (topic, from) = (act, Found::Clause);
        }
        if quantity.measured == Measured::Things && self.is_served(&topic, quantity, around) {
            topic.indicator = None;
        }
        if verb.is_none()
            && let Some(rival) = self.rival(&Held { quantity, around, cue, near, name: &topic, from, behind })
        {
            (topic, from, behind) = rival;
        }
        if let Some(shares) = self.counted_shares(quantity, around, &topic) {
            (topic, from) = (shares, Found::Clause);
        }
        let fuller = self.with_noun(quantity, around, &topic);
        if let Some(text) = fuller
            .or_else(|| self.price_for_one(quantity, &topic).filter(|_| verb.is_none() && (from == Found::Clause || topic.text.is_empty())))
        {
            topic.text = text;
        }
        Whose { topic, from, behind, verb }
    }

    /// `lạm phát 4,95%. Kịch bản 2: Tăng trưởng 5,35%`: where what was told of before is a rate, which does not grow by itself, growth that
    /// opens its clause is the economy's.
    fn economy(&self, quantity: &Quantity, cue: &Cue, topic: &Topic, from: Found) -> Option<Topic> {
        let opens = cue.start == self.frame.range.0 || !self.tokens[cue.start - 1].is_word() && !self.tokens[cue.start - 1].is_number();
        let noun = cue.classes.has(CueClass::Growth) && cue.classes.has(CueClass::Up) && cue.end <= quantity.lead;
        let rate = from != Found::Clause && matches!(topic.kind, Some(Kind::Rate | Kind::Share));
        if !(opens && noun && rate && self.unit_kind(quantity) == Some(UnitKind::Percent)) {
            return None;
        }
        let gdp = self.known.number_of("gdp")?;
        let text = words(self.text, self.tokens, cue.start, cue.end);
        Some(Topic { indicator: Some(gdp), kind: Some(self.known.indicators[gdp as usize].kind), text, growth: true, ..Topic::default() })
    }

    /// `sản lượng cá tra … An Giang: sản lượng …, diện tích …; Đồng Tháp: sản lượng …`: in a list a short name means what it meant before.
    fn called_again<'d>(topic: &Topic, from: Found, near: Near<'d>) -> Option<&'d Topic> {
        let general = from == Found::Clause && topic.product.is_none() && topic.industry.is_none() && topic.breakdown.is_empty();
        topic.indicator.filter(|_| general)?;
        let same = |before: &&Topic| before.text == topic.text && before.indicator.is_some();
        near.drafts.iter().rev().map(|draft| &draft.topic).find(same).filter(|before| before.indicator != topic.indicator)
    }

    /// A stretch whose head its unit can measure: in `lao động nam có thu nhập 9 triệu đồng` money is no number of people.
    pub(super) fn fitting(&self, mut found: Stretch, quantity: &Quantity, to: usize) -> Stretch {
        if let Some(rate) = self.rate_before(&found, quantity, to) {
            found.head = Some(rate);
            return found;
        }
        // (`mua ròng SHB 158 tỷ, VIX 153 tỷ`: in money an index is the share that is called so)
        let alone = |head: &Name| found.content == Some((head.start, head.end));
        if found.head.is_some_and(|head| alone(&head) && self.is_index_in_money(&head, quantity)) {
            found.head = None;
            found.propers += 1;
            return found;
        }
        let unfit = |head: &Name| !self.can_be_in(head, quantity) || self.is_rate_of(&found, head, quantity);
        let Some(head) = found.head.filter(unfit) else { return found };
        let behind = stretch(self.known, self.frame, head.end, to);
        match behind.head.filter(|name| strength(self.known, name) >= 2 && self.can_be_in(name, quantity)) {
            Some(name) => found.head = Some(name),
            None => found.unfit = true,
        }
        found
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
    pub(super) fn is_case(&self, head: &Name) -> bool {
        self.introduces(head.start) && self.splits()
    }

    /// Whether a name begins with a noun that introduces a narrower case (`nhóm hàng may mặc`).
    pub(super) fn introduces(&self, at: usize) -> bool {
        self.hits.is(at, Mark::Cue(CueClass::Narrow))
    }

    /// Whether a word of number (`số`, `lượng`) lengthens a name to the left.
    pub(super) fn hits_prefix(&self, at: usize) -> bool {
        (at.saturating_sub(3).max(self.frame.range.0)..at).any(|start| self.hits.spans((start, at), Mark::Prefix))
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
        // `từ 4,8% GDP lên 5,3% GDP`: what the figure before is measured by is no subject either.
        let yardstick = |name: &&Name| around.previous.is_some() && name.start == around.gap.0 && self.is_yardstick(name);
        let before_from = self.frame.names.iter().find(yardstick).map_or(before_from, |name| before_from.max(name.end));
        let before = stretch(self.known, self.frame, before_from, cue.start.max(before_from));
        let between = stretch(self.known, self.frame, cue.end.min(to), to);
        // `tăng trưởng tín dụng 12%`, `đạt doanh thu 5 tỷ đồng`, `xuất siêu`: the name behind the cue, or the cue itself.
        let inside = stretch(self.known, self.frame, cue.start, cue.end.min(to));
        // `doanh thu đạt mức tăng trưởng 14,6%`: the growth is that of the name before it.
        let goes_on = around.previous.is_some() || self.before.is_some_and(|topic| topic.indicator.is_some());
        let says_whose = before.head.is_some() || (goes_on && before.nouns + before.narrowed > 0);
        let only_growth = says_whose && between.head.or(inside.head).is_some_and(|head| self.is_only_growth(&head));
        // (`xuất khẩu sang các thị trường như Thụy Điển 800.000 USD`: people and places behind the cue are not what is told of)
        let force = |found: &Stretch| found.head.map_or(0, |head| strength(self.known, &head));
        let weaker = force(&between) == 0 && force(&before) > 0 && !between.head.is_some_and(|head| head.counted);
        if between.head.is_some()
            && !only_growth
            && !weaker
            && (before.head.is_none() || !cue.classes.any(&[CueClass::Share, CueClass::Contribute]))
        {
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
        // (`Chính phủ có gói 30.000 tỷ đồng`: what stands between a verb and its figure is the object)
        let object = cue.classes.has(CueClass::Act) && between.nouns > 0 && between.content.is_some_and(|(_, last)| last == to);
        if object || !between.is_empty() && between.nouns + between.propers > 0 && before.is_empty() {
            return Some((between, cue.end, to));
        }
        if !before.is_empty() {
            return Some((before, before_from, cue.start));
        }
        self.earlier(around)
    }

    /// Whether a name is nothing but a word of growth (`mức tăng trưởng`, which alone means the economy's).
    pub(super) fn is_only_growth(&self, name: &Name) -> bool {
        (name.start..name.end).any(|at| self.hits.spans((at, name.end), Mark::Cue(CueClass::Growth)))
    }

    /// `Công ty ghi nhận doanh thu cải thiện so với cùng kỳ, đạt 5 tỷ đồng`: where that begins which someone tells, if it opens with a
    /// full name.
    fn tells_from(&self, start: usize, end: usize) -> Option<usize> {
        let inside = |cue: &&Cue| cue.start > start && cue.end <= end;
        // (`quy đổi theo tỷ giá bán ra, …`: behind these whoever tells it stands)
        let leads = |cue: &Cue| self.hits.is(cue.start, Mark::Speaker(Speaker::Lead));
        let speaker = self.frame.cues.iter().rfind(|cue| inside(cue) && cue.classes.has(CueClass::Speaker))?;
        if leads(speaker) {
            return None;
        }
        let head = stretch(self.known, self.frame, speaker.end, end).head.filter(|head| strength(self.known, head) >= 2)?;
        // (`cho thấy ngay cả khi VN-Index giảm, …`)
        let other = self
            .frame
            .cues
            .iter()
            .any(|cue| cue.start >= speaker.end && cue.end <= head.start && cue.classes.any(&[CueClass::Verb, CueClass::While]));
        (!other).then_some(speaker.end)
    }

    /// `Dư nợ tín dụng ghi nhận kết quả nổi bật, đạt 5 tỷ đồng`: where what tells of itself ends, an indicator by its full name.
    fn tells_of_itself(&self, start: usize, end: usize) -> Option<usize> {
        let states = |c: &&Cue| c.start > start && c.end <= end && c.classes.has(CueClass::Speaker) && c.classes.has(CueClass::Level);
        let to = self.frame.cues.iter().find(states)?.start;
        let head = stretch(self.known, self.frame, start, to).head?;
        let full = match head.what {
            What::Indicator(..) => strength(self.known, &head) == 3,
            What::Subject(index, _) => !matches!(self.known.subjects[index as usize].kind, Kind::Count),
            _ => false,
        };
        full.then_some(to)
    }

    /// A subject in an earlier clause of the gap: `Kim ngạch xuất khẩu, theo Tổng cục Hải quan, đạt …`.
    pub(super) fn earlier(&self, around: &Around) -> Option<(Stretch, usize, usize)> {
        let (from, to) = (around.gap.0, around.clause.0);
        let mut end = to;
        let mut at = to;
        let mut best = None;
        let mut strongest = 0;
        // (nor is what stands in the bracket of another: `HDB (5 nghìn tỷ đồng, lãi suất 7%), LPB (3 nghìn tỷ đồng)`)
        let mut depth = self.frame.depth(to.min(self.frame.range.1 - 1));
        while at > from {
            at -= 1;
            depth = depth.min(self.frame.depth(at));
            // (what stands in brackets before it is no subject: `giá thép (chưa tính thuế VAT), cao hơn 1 triệu đồng/tấn`)
            let joint = self.frame.depth(at) > depth || self.frame.is_joint(at);
            if joint || at == from {
                let start = if joint { at + 1 } else { at };
                // Behind a figure the first clause is that figure's own complement.
                let complement = around.previous.is_some() && at == from && !joint;
                if !complement && start < end {
                    let cues = self.frame.cues.iter().any(|c| c.start >= start && c.end <= end && c.classes.has(CueClass::Speaker));
                    let told = if cues { self.tells_from(start, end) } else { None };
                    let start = told.unwrap_or(start);
                    let itself = if cues && told.is_none() { self.tells_of_itself(start, end) } else { None };
                    let cues = cues && told.is_none() && itself.is_none();
                    let found = stretch(self.known, self.frame, start, itself.unwrap_or(end));
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
}
