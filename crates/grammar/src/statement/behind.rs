//! Subjects that stand behind their figure.

use knowledge::{CueClass, Kind, UnitKind};

use super::around::Around;
use super::{Draft, Near, Sentence};
use crate::frame::{Cue, Name, Part, What};
use crate::letters::lowered;
use crate::mark::{Mark, Particle, TimeWord};
use crate::measure::Classes;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, strength, stretch, words};

impl Sentence<'_> {
    /// A subject behind a figure: `mức tăng 3,98% GRDP`, `60% người dùng`, `10% kế hoạch doanh thu`.
    pub(super) fn topic_behind(&self, around: &Around, cue: Classes, quantity: &Quantity) -> Option<Topic> {
        let (from, to) = around.behind;
        // (`chiếm 0,4% nhằm đáp ứng nhu cầu cá nhân`)
        if from >= to || self.tokens[from].line || self.hits.says(from, Particle::Adjunct) {
            return None;
        }
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        // (`tăng 24% giá mục tiêu`: a word inside a name is no plan)
        let planned = |c: &&Cue| (from..=from + 1).contains(&c.start) && c.end <= to && c.classes.has(CueClass::Plan);
        let named = self.frame.names.iter().find(|name| name.start == from && name.is_subject());
        let apart = |c: &&Cue| named.is_none_or(|name| c.start == name.start || name.end <= c.start);
        let plan = self.frame.cues.iter().find(planned).filter(apart).map(|c| c.end);
        // (`thấp hơn mức tăng 3,3% của CPI`)
        let of = || self.behind_basis(from, to).or((self.hits.says(from, Particle::Of)).then_some(from + 1));
        let start = plan.or_else(|| of().filter(|_| cue.has(CueClass::Growth))).unwrap_or(from);
        // `giảm 40% lượng giống`: what moves stands right behind.
        let moves = cue.any(&[CueClass::Up, CueClass::Down]) && matches!(self.frame.part(from), Part::Noun | Part::Name(_));
        if cue.any(&[CueClass::Share, CueClass::Contribute, CueClass::Up, CueClass::Down, CueClass::Multiple])
            && !cue.has(CueClass::Growth)
            && !moves
        {
            return None;
        }
        // `mức chuẩn 360.000 đồng chỉ bằng 17% thu nhập bình quân`: what equals a part of something was told of before.
        if percent && cue.has(CueClass::Equal) && plan.is_none() && self.is_told_before(around) {
            return None;
        }
        let stop = self
            .frame
            .cues
            .iter()
            .find(|c| {
                c.start > start
                    && c.start < to
                    && c.classes.any(&[
                        CueClass::Basis,
                        CueClass::Whole,
                        CueClass::While,
                        CueClass::Verb,
                        CueClass::Plan,
                        CueClass::Speaker,
                    ])
            })
            .map_or(to, |c| c.start);
        // (`55% số doanh nghiệp`, `90% các dự án`)
        let several = |at: usize| self.hits.is(at, Mark::Time(TimeWord::Several));
        let light = |at: &usize| self.frame.part(*at) == Part::Light || self.hits.spans((*at, *at + 1), Mark::Prefix) || several(*at);
        let first = (start..stop).find(|at| !light(at))?;
        if !matches!(self.frame.part(first), Part::Noun | Part::Name(_)) || first > start + 2 {
            return None;
        }
        let mut found = stretch(self.known, self.frame, start, stop);
        // (`90% học viên có việc làm với mức lương …`, `người dân bị thiệt hại do thiên tai`: what is told of those who are meant names
        // nothing)
        let told = |head: &Name| percent && (first..head.start).any(|at| self.is_told_of(at));
        found.head = found.head.filter(|head| !told(head));
        if let Some(head) = found.head.filter(|_| percent && !cue.has(CueClass::Growth)) {
            if let Some(people) = self.people_of_whom(&head, &found) {
                return Some(people);
            }
            // `bội chi bằng 3,4% GDP` is of the deficit.
            if self.is_yardstick(&head) && self.is_measured_by(&head, around) {
                return None;
            }
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

    /// `95% dân số được phủ sóng`, `80% lao động sống bằng nghề nông`: those of whom something is told are a part of all that there are,
    /// and not their number; the whole phrase names them.
    fn people_of_whom(&self, head: &Name, found: &Stretch) -> Option<Topic> {
        let (first, last) = found.content.filter(|_| self.is_standing(head))?;
        let told = head.end < last && self.is_told_of(head.end);
        let text = words(self.text, self.tokens, first.min(head.start), last);
        told.then(|| Topic { text, kind: Some(Kind::Count), ..Topic::default() })
    }

    /// Whether a word opens what is told of the people before it: a word of their own, and neither a place nor whose they are.
    fn is_told_of(&self, at: usize) -> bool {
        let place = [Particle::Adjunct, Particle::Of, Particle::Place].iter().any(|particle| self.hits.says(at, *particle));
        match self.frame.part(at) {
            Part::Noun => !place,
            Part::Cue(cue) => self.frame.cues[cue as usize].classes.any(&[CueClass::Auxiliary, CueClass::Act]),
            _ => false,
        }
    }

    /// Whether a name counts all that there is (`dân số`).
    pub(super) fn is_standing(&self, name: &Name) -> bool {
        matches!(name.what, What::Indicator(index, _) if self.known.indicators[index as usize].standing)
    }

    /// Whether a yardstick measures something else: what people are a part of (`33% dân số`) measures those who were told of before.
    pub(super) fn is_measured_by(&self, yardstick: &Name, around: &Around) -> bool {
        !self.is_standing(yardstick) || self.is_told_before(around)
    }

    /// Whether something was told of in the sentence before a figure: its clause has a name, or a figure stands before it.
    fn is_told_before(&self, around: &Around) -> bool {
        let named = || stretch(self.known, self.frame, around.clause.0, around.clause.1).head.is_some();
        around.previous.is_some() || around.base.is_some() || named()
    }

    /// `mức tăng 3% cùng kỳ năm trước của giá bán`: where that begins which moves so, behind the time that it is compared with.
    fn behind_basis(&self, from: usize, to: usize) -> Option<usize> {
        let basis = self.frame.cues.iter().find(|cue| cue.start == from && cue.classes.has(CueClass::Basis)).map_or(from, |cue| cue.end);
        let end = self.frame.mentions.iter().find(|mention| mention.start == basis && mention.end < to)?.end;
        self.hits.says(end, Particle::Of).then_some(end + 1)
    }

    /// Whether a name is a yardstick of others (`GDP`).
    pub(super) fn is_yardstick(&self, name: &Name) -> bool {
        matches!(name.what, What::Indicator(index, _) if self.known.indicators[index as usize].yardstick)
    }

    /// The things of which a bare number counts a part (`16/28 tỉnh`), by the number of their quantity.
    pub(super) fn counted_of(&self, quantity: &Quantity) -> Option<usize> {
        // (`141 mã tăng/155 mã giảm`: what has a noun of its own is no part of what stands behind)
        let bare = quantity.measured != Measured::Things || quantity.unit.0 >= quantity.end;
        let slash = bare && self.tokens.get(quantity.end).is_some_and(|token| token.is('/'));
        let whole = |next: &Quantity| next.start == quantity.end + 1 && next.measured == Measured::Things;
        self.frame.quantities.iter().position(whole).filter(|_| slash)
    }

    /// What a figure counts or weighs right behind it, where nothing before it is its subject: `có 26,4 triệu ha đất nông nghiệp`,
    /// `làm 6.000 ha lúa bị ngập`, `đã có 280.000 tỷ đồng được cơ cấu lại`.
    pub(super) fn object_behind(&self, around: &Around, cue: Classes, quantity: &Quantity) -> Option<Topic> {
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
        // (`bị phạt 35 triệu đồng vì mắc lỗi`, `trị giá 956 tỷ đồng dành cho trường học`)
        if (from..=first).any(|at| self.hits.says(at, Particle::Adjunct)) {
            return None;
        }
        let ends =
            |at: &usize| matches!(self.frame.part(*at), Part::Cue(cue) if !self.frame.cues[cue as usize].classes.has(CueClass::Function));
        let stop = (first..to).find(ends).unwrap_or(to);
        let found = stretch(self.known, self.frame, first, stop);
        (found.nouns + found.narrowed > 0 || found.head.is_some())
            .then(|| Topic::of(self.known, self.frame, self.text, self.tokens, &self.fitting(found, quantity, stop), first, stop))
    }

    /// What a change is of, named behind it: `tăng 19% về số doanh nghiệp và 31% về vốn đăng ký` splits the figures before it.
    pub(super) fn regarding(&self, around: &Around, cue: Classes, near: Near<'_>) -> Option<Topic> {
        let (from, to) = around.behind;
        let about = |at: usize| self.hits.end_of(at, Mark::Cue(CueClass::About));
        let start = (from < to && !self.tokens[from].line).then(|| about(from)).flatten()?;
        let moves = cue.any(&[CueClass::Up, CueClass::Down, CueClass::Multiple, CueClass::Equal]) || cue.is_empty();
        let named = self.hits.at(from).iter().any(|hit| matches!(hit.mark, Mark::Beside(..)));
        let opens = |at: usize| match self.frame.part(at) {
            Part::Noun | Part::Light | Part::Name(_) => true,
            Part::Cue(cue) => self.frame.cues[cue as usize].classes.has(CueClass::Function),
            _ => false,
        };
        if !moves || start >= to || !opens(start) {
            return None;
        }
        let ends = |at: &usize| match self.frame.part(*at) {
            Part::Cue(cue) => self.frame.cues[cue as usize].classes.any(&[CueClass::Basis, CueClass::Up, CueClass::Down, CueClass::While]),
            _ => self.is_and(*at),
        };
        let stop = (start..to).find(ends).unwrap_or(to);
        let found = stretch(self.known, self.frame, start, stop);
        let (first, last) = found.content?;
        let said = lowered(&words(self.text, self.tokens, first, last));
        let says = |draft: &Draft| lowered(&draft.topic.text).contains(&said);
        let same = |draft: &&Draft| draft.topic.indicator.is_some() && says(draft);
        // (`cấp 10 giấy phép với diện tích 2 ha, tăng 5% về giấy phép`)
        let things = |draft: &&Draft| !named && self.frame.quantities[draft.quantity].measured == Measured::Things && says(draft);
        if let Some(draft) = near.drafts.iter().rfind(same).or_else(|| near.drafts.iter().rfind(things)) {
            return Some(draft.topic.clone());
        }
        if named {
            return None;
        }
        let strong = found.head.is_some_and(|head| strength(self.known, &head) >= 2);
        strong.then(|| Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, stop))
    }
}
