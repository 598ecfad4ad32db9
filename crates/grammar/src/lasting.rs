//! Which time of a sentence the sentences behind it go on from.

use knowledge::{CueClass, Kind, TimeUnit};
use model::Measure;

use crate::dating::is_within_a_year;
use crate::lexicon::Hit;
use crate::mark::{Mark, TimeWord};
use crate::period::{Expr, Mention, Role};
use crate::setting::Setting;
use crate::settling::Settled;
use crate::statement::{Draft, Found, Sentence};

/// The last figure of a sentence whose time the sentences behind it go on from.
pub(crate) fn last_dated(sentence: &Sentence<'_>, drafts: &[Draft], settled: &[Settled], setting: &Setting) -> Option<usize> {
    let frame = sentence.frame;
    let lasts = |at: usize, draft: &Draft| {
        // `8 tháng qua` from August on is the year to date, which the text goes on with.
        let to_date = |m: &Mention| {
            matches!(m.expr, Expr::Past(..))
                && settled[at].period.is_some_and(|span| span.start().month() == 1 && span.start().day() == 1 && is_within_a_year(span))
        };
        // The day of an event (`tại cuộc họp ngày 22/3 …`) is that of its sentence only.
        let event = |m: &Mention| {
            // (`trong ngày 17/3` is the span itself)
            let span = || {
                let in_it = |hit: &Hit| hit.end as usize == m.start && hit.mark == Mark::Time(TimeWord::Of);
                m.start > frame.range.0 && sentence.hits.at(m.start - 1).iter().any(in_it)
            };
            matches!(m.expr, Expr::Day(..)) && !m.until && matches!(draft.topic.kind, Some(Kind::Flow | Kind::Balance)) && !span()
        };
        // `tháng 4 ước đạt 4.210 tỷ đồng; 4 tháng ước đạt 16.950 tỷ đồng. Trong đó, …`: a time that opens an item of the same subject is
        // what the text goes on with, and dates no item of its own.
        let turns = |m: &Mention| sentence.tokens[m.start.saturating_sub(1)].is(';') && draft.topic.text == drafts[0].topic.text;
        // (`Thu được 1.342 tỷ đồng trong tháng. Lũy kế từ đầu năm đạt 5.081 tỷ đồng`: of the same subject it is told by the way)
        let sums_up = |m: &Mention| {
            let sums = |at: usize| sentence.hits.end_of(at, Mark::Time(TimeWord::Cumulated)) == Some(m.start);
            draft.topic_from != Found::Clause && (m.start.saturating_sub(2).max(frame.range.0)..m.start).any(sums)
        };
        // `từ đầu năm đến nay đã xảy ra 80 trận. Tổng cộng có 7 người chết`: the only time, and before all figures.
        let counted = |m: &Mention| {
            m.expr == Expr::YearToDate
                && draft.measure == Measure::Level
                && draft.unit != "%"
                && frame.mentions.iter().filter(|other| other.role == Role::Own).count() == 1
                && frame.quantities.first().is_some_and(|quantity| m.end <= quantity.start)
                && !sums_up(m)
        };
        // `đạt 50 nghìn tấn, cao hơn 2 nghìn tấn so với mức bình quân năm 2015`: what only stands behind a figure is recalled.
        let recalled = |m: &Mention| {
            let behind = frame.quantities.first().is_some_and(|quantity| quantity.end <= m.start);
            behind && setting.dated && settled[at].period.is_some_and(|period| setting.is_past(period) && !setting.reports(period))
        };
        // `đã mua thêm 74.100 cổ phiếu, trong phiên 28/7. Qua đó, nâng tỷ lệ sở hữu lên 6%`: the only day, behind all figures.
        let closes = |m: &Mention| {
            let own = frame.mentions.iter().filter(|other| other.role == Role::Own).count();
            draft.mention_from == Found::Sentence
                && matches!(m.expr, Expr::Day(..))
                && own == 1
                && frame.quantities.last().is_some_and(|quantity| quantity.end <= m.start)
        };
        (draft.mention_from == Found::Clause || draft.mention.is_some_and(|m| closes(&m)))
            && draft.base.is_none()
            && !draft.basis
            && !draft.cue.has(CueClass::From)
            && !(setting.markets && draft.mention.is_some_and(|m| matches!(m.expr, Expr::Relative(TimeUnit::Day, -1))))
            && draft.mention.is_some_and(|m| {
                !recalled(&m)
                    && !sentence.dates_basis(&m)
                    && ((m.carries_on() && !event(&m)) || to_date(&m) || counted(&m))
                    && (!sentence.is_of_item(&m) || turns(&m))
            })
    };
    let lasting = || (0..drafts.len()).filter(|at| lasts(*at, &drafts[*at]));
    // (`nhập siêu 5 tháng 1,9 tỷ USD, riêng tháng 5 là 1,2 tỷ USD`: a part that is told of by the way)
    let apart = |at: &usize| drafts[*at].mention.is_some_and(|mention| is_set_apart(sentence, &mention));
    lasting().rfind(|at| !apart(at)).or_else(|| lasting().next_back())
}

/// Whether a time stands right behind a word that sets a part apart (`riêng tháng 5`).
fn is_set_apart(sentence: &Sentence<'_>, mention: &Mention) -> bool {
    sentence.frame.cues.iter().any(|cue| cue.end <= mention.start && mention.start <= cue.end + 1 && cue.classes.has(CueClass::Parts))
}
