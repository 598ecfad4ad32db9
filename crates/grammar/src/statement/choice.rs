//! Which of the names around a figure is its subject: the places where it may stand, in the order in which they are asked.

use knowledge::{CueClass, Kind, UnitKind};

use super::around::Around;
use super::{Draft, Found, Sentence};
use crate::frame::{Cue, Name, Part, What};
use crate::letters::lowered;
use crate::lexicon::Hit;
use crate::mark::{Form, Mark, Particle};
use crate::measure::Classes;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, is_trade, strength, stretch, words};

/// A subject, where it was found, and whether it stands behind the figure.
pub(super) type Chosen = (Topic, Found, bool);

/// Among so many words behind a percentage stands what those asked say.
const ASKED: usize = 6;

/// So many words of a predicate are enough to name a percentage.
const PREDICATE: usize = 10;

/// What a subject is sought with.
struct Asked<'s> {
    quantity: &'s Quantity,
    around: &'s Around,
    cue: Option<&'s Cue>,
    classes: Classes,
    previous: Option<&'s Draft>,
    /// The subject of the clause and its tokens, without a head that the unit cannot measure.
    own: Option<(Stretch, usize, usize)>,
}

impl Sentence<'_> {
    /// The subject of a figure among the names around it, the figure `previous` and the text before.
    pub(super) fn topic(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>, previous: Option<&Draft>) -> Chosen {
        // `16/28 tỉnh, thành chi vượt dự toán`: the things behind the slash are counted.
        if let Some(whole) = self.counted_of(quantity) {
            let (topic, found) = self.things(&self.frame.quantities[whole], &self.around(whole), None, None);
            return (topic, found, false);
        }
        let own = self.own(around, cue).map(|own| self.price_before(&own, quantity).unwrap_or(own));
        let own = own.map(|(found, from, to)| (self.fitting(found, quantity, to), from, to));
        // Things are what they are called, unless a name with a verb stands before them.
        if quantity.measured == Measured::Things {
            let (topic, found) = self.things(quantity, around, own, previous);
            return (topic, found, false);
        }
        let asked = Asked { quantity, around, cue, classes: cue.map(|cue| cue.classes).unwrap_or_default(), previous, own };
        self.answered(&asked)
            .or_else(|| self.opened(&asked))
            .or_else(|| self.part_of_capital(quantity, around, asked.classes, previous))
            .or_else(|| self.index_behind(quantity, around, asked.own.as_ref().map(|(found, ..)| found)))
            .or_else(|| self.multiplied(quantity, around))
            .or_else(|| self.whole_of_share(&asked))
            .or_else(|| self.compared_level(quantity, around, previous))
            .or_else(|| self.worth_of(&asked))
            .or_else(|| self.measured_with(quantity, around, asked.own.as_ref()).map(|topic| (topic, Found::Clause, false)))
            .or_else(|| self.amount_of_name(&asked))
            .or_else(|| self.named(&asked))
            .or_else(|| self.named_behind(&asked))
            .unwrap_or_else(|| self.narrowed(&asked))
    }

    /// `…; 5% doanh nghiệp tiếp cận được`, `cho thấy 62% người trả lời`: a percentage that opens its clause, or what is said,
    /// is of what stands behind it.
    fn opened(&self, asked: &Asked<'_>) -> Option<Chosen> {
        let Asked { quantity, around, cue, .. } = *asked;
        let said = self.frame.cues.iter().any(|c| c.end == quantity.lead && c.classes.has(CueClass::Speaker));
        // (`lo ngại về lạm phát đã giảm, 65% doanh nghiệp cho rằng …`)
        let (from, to) = around.behind;
        let answered = || (from..to.min(from + ASKED)).any(|at| self.hits.says(at, Particle::Answers));
        let first = around.clause.0 > around.gap.0
            && stretch(self.known, self.frame, around.clause.0, around.clause.1).is_empty()
            && (around.previous.is_some() || answered());
        let opens = (first || said)
            && around.base.is_none()
            && cue.is_none_or(|cue| said && cue.classes.has(CueClass::Speaker))
            && self.is_percent_of_noun(asked);
        opens.then(|| self.behind(asked)).flatten()
    }

    /// `40% người được hỏi kỳ vọng …, 30% cho rằng …`: a verb of those asked right behind a percentage, without a noun, goes on with a part
    /// of those told of before; where none are, it is all that the percentage is called by.
    fn answered(&self, asked: &Asked<'_>) -> Option<Chosen> {
        use CueClass::{Act, Contribute, Increment, Level};
        let Asked { quantity, around, classes, previous, .. } = *asked;
        let (from, to) = around.behind;
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        let bare = classes.is_empty() || classes.any(&[Act, Contribute, Increment, Level]);
        let helps = |at: &usize| self.frame.part(*at) == Part::Light || self.hits.is(*at, Mark::Cue(CueClass::Auxiliary));
        let answers = |at: usize| self.hits.says(at, Particle::Answers);
        let first = (from..to.min(from + 3)).find(|at| answers(*at) || !helps(at)).filter(|at| answers(*at))?;
        let named = stretch(self.known, self.frame, around.clause.0, around.clause.1);
        if !percent || !bare || self.tokens[from].line || !named.is_empty() {
            return None;
        }
        let of_those = |topic: &&Topic| {
            topic.indicator.is_none() && matches!(topic.kind, None | Some(Kind::Count | Kind::Share)) && !topic.text.is_empty()
        };
        let percentage = |draft: &&Draft| self.is_of_kind(draft, quantity);
        if let Some(topic) = previous.filter(percentage).map(|draft| &draft.topic).filter(of_those) {
            return Some((topic.clone(), Found::Sentence, false));
        }
        if let Some(topic) = self.before.filter(|topic| previous.is_none() && of_those(topic) && topic.kind.is_some()) {
            return Some((topic.clone(), Found::Context, false));
        }
        let text = words(self.text, self.tokens, first, to.min(first + PREDICATE));
        Some((Topic { text, kind: Some(Kind::Share), ..Topic::default() }, Found::Clause, true))
    }

    /// `thủy điện chiếm 44% tổng công suất`: a share is of what its whole is.
    fn whole_of_share(&self, asked: &Asked<'_>) -> Option<Chosen> {
        // (`bảo hiểm đóng góp 69% tổng lợi nhuận`)
        let percent = self.unit_kind(asked.quantity) == Some(UnitKind::Percent);
        if !(asked.classes.has(CueClass::Share)
            || asked.classes.has(CueClass::Contribute) && percent && !asked.classes.any(&[CueClass::Up, CueClass::Down]))
        {
            return None;
        }
        let (from, to) = asked.around.behind;
        // (`chiếm 0,4% nhằm đáp ứng nhu cầu cá nhân`)
        if self.hits.says(from, Particle::Purpose) {
            return None;
        }
        // (`đóng góp 61,7% về tổng vốn`, `8% trong tổng mức bán lẻ` split what was told of before)
        let regards = from < to && (self.hits.says(from, Particle::Adjunct) || self.hits.is(from, Mark::Cue(CueClass::About)));
        if regards && !asked.classes.has(CueClass::Share) {
            return None;
        }
        let ends =
            |c: &&Cue| c.start > from && c.start < to && c.classes.any(&[CueClass::Basis, CueClass::Verb, CueClass::Up, CueClass::Down]);
        let stop = self.frame.cues.iter().find(ends).map_or(to, |c| c.start);
        let found = stretch(self.known, self.frame, from, stop);
        let head = found.head.filter(|head| strength(self.known, head) >= 2 && head.start <= from + 4)?;
        if self.is_yardstick(&head) && (asked.own.is_some() || asked.previous.is_some()) && self.is_measured_by(&head, asked.around) {
            return None;
        }
        let mut topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, stop);
        if let Some((first, last)) = asked.own.as_ref().and_then(|(found, ..)| found.content) {
            topic.breakdown = words(self.text, self.tokens, first, last);
        } else if let Some(draft) = asked.previous {
            topic.breakdown.clone_from(&draft.topic.breakdown);
            // `xuất khẩu sang Hoa Kỳ đạt …, chiếm 29% kim ngạch xuất khẩu`: the part is the subject before.
            if draft.topic.indicator.is_some() && draft.topic.indicator == topic.indicator {
                topic = Topic { part: topic.part, ..draft.topic.clone() };
            }
        }
        Some((topic, Found::Clause, false))
    }

    /// `Tổng giá trị trái phiếu phát hành đạt …`: a word of worth that goes on with what is worth so much names it, and points nowhere.
    fn worth_of(&self, asked: &Asked<'_>) -> Option<Chosen> {
        let (from, to) = asked.around.clause;
        let opens =
            |name: &&Name| name.what == What::Anaphor && (from..from + 3).contains(&name.start) && self.is_described_worth(name, to);
        let head = asked.own.as_ref().and_then(|(found, ..)| found.head);
        let coded = head.is_some_and(|head| matches!(head.what, What::Indicator(..)));
        let money = self.unit_kind(asked.quantity) == Some(UnitKind::Money);
        if !money && !asked.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Complete, CueClass::Multiple]) {
            return None;
        }
        let worth = self.frame.names.iter().find(opens).filter(|_| !coded)?;
        let stop = asked.cue.map(|cue| cue.start).filter(|start| *start > worth.end).unwrap_or(to);
        let apart = |at: &usize| matches!(self.frame.part(*at), Part::Mark | Part::Mention(_) | Part::Quantity(_));
        let stop = (worth.end..stop).find(apart).unwrap_or(stop);
        let noun = |at: &usize| matches!(self.frame.part(*at), Part::Noun | Part::Proper | Part::Name(_) | Part::Place(_));
        let last = (worth.end..stop).rfind(noun).filter(|last| last - worth.start <= PREDICATE)?;
        let text = words(self.text, self.tokens, worth.start, last + 1);
        Some((Topic { text, kind: Some(Kind::Flow), ..Topic::default() }, Found::Clause, false))
    }

    /// Whether a word of worth has what it is the worth of right behind it.
    fn is_described_worth(&self, name: &Name, to: usize) -> bool {
        let worth = |hit: &Hit| hit.mark == Mark::Cue(CueClass::Worth) && hit.end as usize == name.end;
        let noun = |at: usize| matches!(self.frame.part(at), Part::Noun | Part::Proper | Part::Name(_));
        name.end < to && noun(name.end) && self.hits.at(name.start).iter().any(worth)
    }

    /// `sản phẩm này vượt ngưỡng 2 tỷ USD kim ngạch xuất khẩu`: a sum right before the name of what it is, where another noun takes its place
    /// before it.
    fn amount_of_name(&self, asked: &Asked<'_>) -> Option<Chosen> {
        let (from, to) = asked.around.behind;
        let coded = |name: &Name| matches!(name.what, What::Indicator(_, Form::Name));
        let head = asked.own.as_ref().and_then(|(found, ..)| found.head);
        let money = self.unit_kind(asked.quantity) == Some(UnitKind::Money) && asked.around.base.is_none();
        if !money || from == to || self.tokens[from].capital || head.is_none_or(|head| matches!(head.what, What::Indicator(..))) {
            return None;
        }
        let name = self.frame.names.iter().find(|name| name.start == from && name.end <= to && coded(name))?;
        let found = self.fitting(stretch(self.known, self.frame, from, name.end), asked.quantity, name.end);
        let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, name.end);
        (!found.unfit && topic.indicator.is_some()).then_some((topic, Found::Clause, true))
    }

    /// The name that the clause itself gives: `doanh thu đạt …`, `đạt doanh thu …`, `mức tăng 3,98% GRDP`.
    fn named(&self, asked: &Asked<'_>) -> Option<Chosen> {
        let (found, from, to) = asked.own.as_ref().filter(|_| !self.points_back(asked))?;
        let head = found.head?;
        let near = asked.previous.is_some() || self.introduces(head.start);
        let inherits = self.inherits(asked);
        if self.yields(&head, asked.quantity, asked.cue, inherits, near) || inherits && self.is_case(&head) {
            return None;
        }
        if self.is_case_of_trade(&head, found, asked) || self.is_industry_of_index(&head, asked) {
            return None;
        }
        if found.unfit && self.goes_on_unfit(asked, &head) {
            return None;
        }
        // `giúp hợp tác xã giảm 35% lượng phân bón`: people and bodies do not move by a percentage where something behind it does.
        let acts = strength(self.known, &head) <= 2 && !head.counted && !self.hits_prefix(head.start);
        let moves = asked.classes.any(&[CueClass::Up, CueClass::Down]) && self.is_percent_of_noun(asked);
        (acts && moves).then(|| self.behind(asked)).flatten().or_else(|| {
            let topic = Topic::of(self.known, self.frame, self.text, self.tokens, found, *from, *to);
            Some((topic, Found::Clause, false))
        })
    }

    /// `Một số thị trường như Hoa Kỳ tăng 4%` behind exports: words for cases with a good or a partner beside them are cases of the trade
    /// that was told of.
    fn is_case_of_trade(&self, head: &Name, found: &Stretch, asked: &Asked<'_>) -> bool {
        let told = asked.previous.map(|draft| &draft.topic).filter(|topic| topic.indicator.is_some()).or(self.before);
        let trade = told.is_some_and(|topic| match topic.field(self.known) {
            Some("foreign_trade") => topic.kind == Some(Kind::Flow),
            // (`các thị trường chính như Anh (25%)` behind visitors)
            Some("tourism") => topic.kind == Some(Kind::Count),
            _ => false,
        });
        // (`thị trường bảo hiểm` is none)
        let apart = |name: &Name| matches!(name.what, What::Partner(_) | What::Product(_));
        let (from, to) = (head.start, asked.around.clause.1);
        let abroad = || self.frame.places.iter().any(|place| place.abroad && place.start >= from && place.end <= to);
        let within = |name: &Name| found.content.is_some_and(|(first, _)| name.start >= first) && name.end <= asked.around.clause.1;
        trade
            && strength(self.known, head) == 0
            && (self.frame.names.iter().any(|name| apart(name) && within(name)) || abroad())
            && !head.counted
            && self.is_of_cases(head)
    }

    /// `sản xuất xi măng tăng 35,7%; sản xuất dây, cáp điện tăng 34,1%`: in a list of industries under an index a verb of production with
    /// its goods is one of them.
    fn is_industry_of_index(&self, head: &Name, asked: &Asked<'_>) -> bool {
        let Some(index) = asked.previous.and_then(|draft| draft.topic.indicator).filter(|_| self.repeats(asked)) else { return false };
        let index = &self.known.indicators[index as usize];
        let goods = |name: &Name| name.start == head.end && matches!(name.what, What::Product(_) | What::Industry(_));
        strength(self.known, head) == 1
            && head.start == asked.around.clause.0
            && index.kind == Kind::Index
            && index.parts.contains(&knowledge::Part::Industry)
            && self.frame.names.iter().any(goods)
    }

    /// Whether a name begins with a word for cases (`nhóm hàng`, `thị trường`).
    fn is_of_cases(&self, head: &Name) -> bool {
        let cases = &self.known.name_words.cases;
        (head.start + 1..=head.end).any(|end| cases.contains(&lowered(&words(self.text, self.tokens, head.start, end))))
    }

    /// Whether a name that its unit cannot measure goes on with the figure before it: a body or a thing of which another amount is told
    /// (`Siêu thị A chuẩn bị lượng hàng trị giá 128 tỷ đồng; Siêu thị B 110 tỷ đồng`), or a side of a dealer's price (`mua vào 20.970 đồng/USD`).
    fn goes_on_unfit(&self, asked: &Asked<'_>, head: &Name) -> bool {
        let count = match head.what {
            What::Indicator(index, _) => self.known.indicators[index as usize].kind == Kind::Count,
            What::Subject(index, _) => self.known.subjects[index as usize].kind == Kind::Count,
            _ => false,
        };
        let same = asked.previous.is_some_and(|draft| self.is_of_kind(draft, asked.quantity) && !draft.topic.text.is_empty());
        // (`giá 45.000 đồng/cổ phiếu` is a price, though none of the vocabulary)
        let price = || {
            let word = lowered(&words(self.text, self.tokens, head.start, head.start + 1));
            self.known.name_words.prices.contains(&word)
        };
        same && count && asked.cue.is_none() || strength(self.known, head) == 1 && self.inherits(asked) && !price()
    }

    /// What stands behind the figure, or what its verb makes or acts on.
    fn named_behind(&self, asked: &Asked<'_>) -> Option<Chosen> {
        let Asked { quantity, around, classes, .. } = *asked;
        let nameless = asked.own.as_ref().is_none_or(|(found, ..)| found.head.is_none());
        // (`có gói 50.000 tỷ đồng cho người nghèo`: the object of its verb stands before the figure)
        let acts = |from: usize| {
            let has = |cue: &Cue| cue.end == from && cue.classes.has(CueClass::Act) && !cue.classes.has(CueClass::Done);
            asked.cue.is_some_and(has)
        };
        let object = asked.own.as_ref().is_some_and(|(found, from, to)| acts(*from) && found.content.is_some_and(|(_, last)| last == *to));
        let clause = |topic| (topic, Found::Clause, false);
        let listed = || self.listed_amount(quantity, around, asked.previous).map(|topic| (topic, Found::Clause, false));
        self.behind(asked)
            .or_else(listed)
            .or_else(|| asked.own.as_ref().filter(|_| nameless).and_then(|(found, ..)| self.made(found, quantity)).map(clause))
            .or_else(|| (nameless && !object).then(|| self.object_behind(around, classes, quantity)).flatten().map(clause))
    }

    /// The subject before, narrowed by what the clause says; or what the clause says alone.
    fn narrowed(&self, asked: &Asked<'_>) -> Chosen {
        let Asked { quantity, around, cue, previous, .. } = *asked;
        let inherited = previous.map(|draft| (&draft.topic, Found::Sentence)).or(self.before.map(|topic| (topic, Found::Context)));
        // `vốn 27.254 tỷ đồng …, đoạn A dài 37 km`: kilometres are of no sum, and what shares cost is of no index.
        let told = inherited.map(|(topic, _)| topic);
        let inherited = inherited.filter(|(topic, _)| self.fits(topic, quantity));
        let own = self.own(around, cue);
        if let Some((topic, place)) = self.had_by_cases(quantity, around, own.as_ref(), previous) {
            return (topic, place, false);
        }
        if let Some(topic) = self.amount_of_index(quantity, own.as_ref(), told) {
            return (topic, Found::Clause, false);
        }
        // `VN-Index giảm 2 điểm …, HPG tăng 1,6%`: a share moves by itself.
        // (points are always of the index: `VIC kéo thêm 2 điểm`)
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        let share = percent && own.as_ref().is_some_and(|(found, ..)| self.is_share_code(found));
        // (`ngành Truyền thông tăng 4%`: nor is a branch a part of an index that has none)
        let case = percent && own.as_ref().is_some_and(|(found, ..)| found.introduced && found.propers > 0);
        let whole = |topic: &Topic| topic.indicator.is_some_and(|index| self.known.indicators[index as usize].parts.is_empty());
        let inherited = inherited.filter(|(topic, _)| !(topic.kind == Some(Kind::Index) && (share || case && whole(topic))));
        if inherited.is_none_or(|(_, place)| place == Found::Context)
            && let Some(topic) = self.case_of_opening(asked, own.as_ref())
        {
            return (topic, Found::Clause, false);
        }
        if previous.is_none()
            && let Some(topic) = self.name_in_two(asked, own.as_ref())
        {
            return (topic, Found::Clause, false);
        }
        if (inherited.is_none() || cue.is_some_and(|cue| self.is_foretold_place(cue)))
            && let Some(topic) = self.bare_growth(own.as_ref(), around, cue, quantity)
        {
            return (topic, Found::Clause, false);
        }
        let unnamed = inherited.is_none_or(|(topic, _)| topic.indicator.is_none());
        let apart = unnamed && inherited.is_none_or(|(_, place)| place == Found::Context);
        if let Some(topic) = apart.then(|| self.sectors_side_by_side(own.as_ref(), cue, quantity)).flatten() {
            return (topic, Found::Clause, false);
        }
        let worth = || self.described_worth(quantity, around, cue).filter(|_| unnamed);
        if let Some(topic) = worth().or_else(|| self.list_of(around, own.as_ref())) {
            return (topic, Found::Clause, false);
        }
        if unnamed && let Some(topic) = self.measure_phrase(quantity, around, cue).filter(|_| !self.points_back(asked)) {
            return (topic, Found::Clause, false);
        }
        match (own, inherited) {
            (_, Some((topic, place))) if self.points_back(asked) => (topic.clone(), place, false),
            (Some((found, ..)), Some((topic, place))) if topic.indicator.is_some() && self.only_acts(quantity, &found) => {
                (topic.clone(), place, false)
            }
            (Some((found, from, to)), Some((topic, place))) if self.narrows(asked, &found) => {
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

    /// `Các mặt hàng nhập khẩu: thủy sản đạt …`: a case alone narrows the subject that the sentence began with.
    fn case_of_opening(&self, asked: &Asked<'_>, own: Option<&(Stretch, usize, usize)>) -> Option<Topic> {
        let (found, from, to) = own.filter(|(found, ..)| found.only_narrows())?;
        let (fuller, start, end) = self.earlier(asked.around)?;
        let head = fuller.head.filter(|head| !(self.inherits(asked) && self.is_case(head)))?;
        if let Some(told) = self.told_of_cases(&head, (start, end), found, asked) {
            return Some(told.narrowed(self.frame, self.text, self.tokens, found, *from, *to));
        }
        if strength(self.known, &head) == 0
            && let Some(trade) = self.trade_before(start, end, asked)
        {
            return Some(trade.narrowed(self.frame, self.text, self.tokens, found, *from, *to));
        }
        let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &fuller, start, end);
        Some(topic.narrowed(self.frame, self.text, self.tokens, found, *from, *to))
    }

    /// `Doanh thu dịch vụ, đại lý vận tải đạt …`: a comma within a full name that opens its sentence parts it in two.
    fn name_in_two(&self, asked: &Asked<'_>, own: Option<&(Stretch, usize, usize)>) -> Option<Topic> {
        let (rest, _, to) = own.filter(|(found, ..)| found.head.is_none() && found.nouns > 0)?;
        let (found, start, end) = self.earlier(asked.around)?;
        let full = |head: &Name| match head.what {
            What::Indicator(..) => strength(self.known, head) == 3,
            // (what opens the sentence itself: `(PL) - Thuế tài nguyên đối với sắt, đồng tăng …`)
            What::Subject(index, _) => {
                let opens =
                    !(self.frame.range.0..head.start).any(|at| self.tokens[at].is(',') || matches!(self.frame.part(at), Part::Noun));
                opens && self.known.subjects[index as usize].kind != Kind::Count
            }
            _ => false,
        };
        let head = found.head.filter(full)?;
        let comma = end == asked.around.clause.0.saturating_sub(1) && self.tokens[end].is(',');
        let light = |cue: &Cue| !cue.classes.any(&[CueClass::Function, CueClass::Where, CueClass::Narrow]);
        let told = self.frame.cues.iter().any(|cue| cue.start >= head.end && cue.end <= end && light(cue));
        let dated = self.frame.mentions.iter().any(|mention| mention.start >= head.end && mention.end <= end);
        let adjoins = rest.content.is_some_and(|(first, _)| first == asked.around.clause.0);
        if !comma || told || dated || !adjoins || *to < end {
            return None;
        }
        let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, end);
        self.fits(&topic, asked.quantity).then_some(topic)
    }

    /// `Xuất khẩu đạt …. Các nhóm hàng chủ lực khác là: Giày dép đạt …`: words for cases that open a list of them are no subject; the
    /// list goes on with what the sentence before tells of, if that is told apart by such cases.
    fn told_of_cases(&self, head: &Name, range: (usize, usize), found: &Stretch, asked: &Asked<'_>) -> Option<&Topic> {
        let is_cases = self.introduces(head.start) || self.is_of_cases(head);
        let told = self.before.filter(|_| asked.previous.is_none() && is_cases && strength(self.known, head) == 0)?;
        let parts = &self.known.indicators[told.indicator? as usize].parts;
        let first = self.frame.names.iter().find(|name| found.content.is_some_and(|(first, _)| name.start == first))?;
        let apart = match first.what {
            What::Product(_) => parts.contains(&knowledge::Part::Product),
            What::Partner(_) => parts.contains(&knowledge::Part::Partner),
            What::Industry(_) => parts.contains(&knowledge::Part::Industry),
            _ => false,
        };
        let trades = self.frame.names.iter().any(|name| name.start >= range.0 && name.end <= range.1 && is_trade(self.known, name));
        (apart && !trades && self.fits(told, asked.quantity)).then_some(told)
    }

    /// `Việc này kéo theo xuất khẩu của nhiều mặt hàng bị ảnh hưởng, trong đó dệt may giảm 15%`: cases that are split off are of the
    /// trade that the clause before tells of, whatever its subject.
    fn trade_before(&self, from: usize, to: usize, asked: &Asked<'_>) -> Option<Topic> {
        let parts = |cue: &Cue| cue.start >= to && cue.end <= asked.around.clause.1 && cue.classes.has(CueClass::Parts);
        let trade = |name: &&Name| name.start >= from && name.end <= to && is_trade(self.known, name);
        let name = self.frame.names.iter().rfind(trade).filter(|_| self.frame.cues.iter().any(parts))?;
        let found = stretch(self.known, self.frame, name.start, name.end);
        Some(Topic::of(self.known, self.frame, self.text, self.tokens, &found, name.start, name.end))
    }

    /// Whether what a clause says only narrows the subject before it.
    fn narrows(&self, asked: &Asked<'_>, found: &Stretch) -> bool {
        let Asked { quantity, around, previous, .. } = *asked;
        found.only_narrows()
            || found.introduced
            || found.head.is_some()
            || (found.nouns <= 4 && (self.repeats(asked) || self.is_part_of_list(around)))
            || (found.nouns <= 9 && self.repeats(asked) && self.tokens[around.clause.0.max(1) - 1].is(';'))
            || (found.propers > 0 && (previous.is_some() || self.frame.depth(quantity.start) > 0))
    }

    /// `titan từ 11% lên 16%; vàng từ 15% lên 25%`: the same cue and unit again, with another name before them.
    fn repeats(&self, asked: &Asked<'_>) -> bool {
        asked.previous.is_some_and(|draft| {
            let other = &self.frame.quantities[draft.quantity];
            self.unit_kind(other) == self.unit_kind(asked.quantity)
                && (draft.cue.same(asked.classes) || (draft.cue.any(&[CueClass::Reach]) && asked.classes.any(&[CueClass::From])))
        })
    }

    /// `Con số này rất sát so với dự đoán …`: the clause points back, whatever else it says.
    fn points_back(&self, asked: &Asked<'_>) -> bool {
        let (from, to) = asked.around.gap;
        let near = |name: &Name| name.start >= from && name.end <= to && name.start <= from + 2;
        let points = |name: &Name| name.what == What::Anaphor && near(name) && !self.is_described_worth(name, to);
        let names = |found: &Stretch| {
            found.head.is_some_and(|head| strength(self.known, &head) > 0) || found.narrowed + found.propers + found.places > 0
        };
        self.frame.names.iter().any(points) && !asked.own.as_ref().is_some_and(|(found, ..)| names(found))
    }

    /// Whether a subject stands before the clause.
    fn inherits(&self, asked: &Asked<'_>) -> bool {
        asked.previous.is_some_and(|draft| !draft.topic.text.is_empty()) || self.before.is_some_and(|topic| topic.indicator.is_some())
    }

    /// Whether a percentage has a noun or a name right behind it.
    fn is_percent_of_noun(&self, asked: &Asked<'_>) -> bool {
        let (from, to) = asked.around.behind;
        self.unit_kind(asked.quantity) == Some(UnitKind::Percent)
            && from < to
            && matches!(self.frame.part(from), Part::Noun | Part::Name(_))
    }

    fn behind(&self, asked: &Asked<'_>) -> Option<Chosen> {
        self.topic_behind(asked.around, asked.classes, asked.quantity).map(|topic| (topic, Found::Clause, true))
    }
}
