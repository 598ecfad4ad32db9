//! Whether an identity that fails is a slip of the press, or holds figures about two things together.
//!
//! Most identities that fail do so because one of their figures was read as something that it is not. A slip shows in what is
//! printed: the figures stand together, say what they are of and when, and no other figure of the text fits better.

use knowledge::Disagreement;
use model::Measure;

use crate::fact::{Fact, Facts, Standing};
use crate::interval::Interval;
use crate::misprint::{apart, digits};

/// A stated figure, and what others give for it.
#[derive(Debug)]
pub struct Identity<'f, 'a> {
    /// The figure.
    pub stated: &'f Fact<'a>,
    /// The others.
    pub inputs: Vec<&'f Fact<'a>>,
    /// What they give.
    pub computed: Interval,
    /// What they give if they were printed carelessly.
    pub loosely: Interval,
}

impl Identity<'_, '_> {
    /// Whether the identity, which fails, tells of a slip.
    pub fn is_slip(&self, facts: &Facts<'_>, rules: &Disagreement) -> bool {
        let is_careless = || self.loosely.meets(self.stated.careless);
        self.happened()
            && self.are_statistics()
            && !is_careless()
            && !self.has_rival(facts)
            && (self.is_in_wrong_scale(rules) || self.is_within_reach(rules))
    }

    /// Whether all figures are of what happened; a completion has its plan beside it.
    fn happened(&self) -> bool {
        let planned = |fact: &Fact<'_>| self.stated.measure == Measure::Completion && fact.standing() == Standing::Target;
        self.stated.standing() == Standing::Real && self.inputs.iter().all(|input| input.standing() == Standing::Real || planned(input))
    }

    /// Whether what goes in are statistics: `trên 1 tỷ` is a limit, and one number that was read as two figures is one of them.
    fn are_statistics(&self) -> bool {
        let is_limit = |fact: &&Fact<'_>| !fact.exact && digits(fact.value) < 2;
        let is_twice = self.inputs.windows(2).any(|two| two[0].stated == two[1].stated);
        !is_twice && !self.inputs.iter().any(is_limit)
    }

    /// Whether another figure of the same kind fits: then the tested one is about something else.
    fn has_rival(&self, facts: &Facts<'_>) -> bool {
        let is_kin = |other: &&Fact<'_>| (other.measure, other.unit) == (self.stated.measure, self.stated.unit);
        facts.iter().filter(is_kin).any(|other| other.beside(self.stated) && other.stated.meets(self.loosely))
    }

    /// Whether what is stated is what is computed in another scale, with digits enough to tell.
    fn is_in_wrong_scale(&self, rules: &Disagreement) -> bool {
        let (stated, computed) = (self.stated.stated, self.computed);
        let slipped = |slip: &f64| stated.scaled(*slip).meets(computed) || computed.scaled(*slip).meets(stated);
        digits(self.stated.value) >= rules.digits
            && self.inputs.iter().all(|input| digits(input.value) >= 2)
            && apart(computed.low, computed.high) <= rules.near
            && rules.slips.iter().any(slipped)
    }

    /// Whether what is stated and what is computed are as near each other as what the text says of the figures allows.
    fn is_within_reach(&self, rules: &Disagreement) -> bool {
        let (stated, computed) = (self.stated.stated.middle(), self.computed.middle());
        let dated = self.all(|figure| figure.dated);
        let told = dated && self.all(|figure| figure.sure);
        let far = self.has_one_basis() && ((told && self.all(|figure| figure.exact)) || (dated && self.is_one_statement()));
        let near = told || self.all(|figure| figure.block == self.stated.block);
        let apart = apart(stated, computed);
        stated * computed > 0.0 && ((far && apart <= rules.far) || (near && apart <= rules.near))
    }

    /// Whether all figures stand in one sentence, of one subject.
    fn is_one_statement(&self) -> bool {
        self.all(|figure| figure.sentence == self.stated.sentence && (figure.words == self.stated.words || figure.sure))
    }

    /// Whether all that is compared looks back, and a difference on what the change beside it looks back on:
    /// `thấp hơn 2,5 triệu tấn so với dự báo và giảm 5%` does not.
    fn has_one_basis(&self) -> bool {
        let looks_back = |figure: &Fact<'_>| figure.basis().zip(figure.period).is_none_or(|(basis, own)| basis.start() < own.start());
        let parts = |input: &&Fact<'_>| input.measure == Measure::Change && input.compared_with != self.stated.compared_with;
        let is_parted = self.stated.measure == Measure::Difference && self.inputs.iter().any(parts);
        self.all(looks_back) && !is_parted
    }

    fn all(&self, holds: impl Fn(&Fact<'_>) -> bool) -> bool {
        holds(self.stated) && self.inputs.iter().all(|input| holds(input))
    }
}
