"""Every record type there is; one line a type."""

from casefile.model import annotation, case, claim, entity, note, purge, source
from casefile.model.record import Record

KINDS: dict[str, type[Record]] = {
    kind.TABLE: kind
    for kind in (
        case.Case,
        case.Question,
        case.Hypothesis,
        case.Person,
        case.PersonKey,
        case.MarkMeaning,
        case.SavedSearch,
        purge.Purge,
        source.Source,
        source.SourceFile,
        source.Acquisition,
        source.Extraction,
        source.SourceLink,
        annotation.Annotation,
        claim.Claim,
        claim.EvidenceLink,
        claim.Assessment,
        entity.Entity,
        entity.EntityName,
        entity.Mention,
        entity.Relation,
        note.Tag,
        note.Tagging,
        note.Note,
        note.Collection,
        note.CollectionItem,
    )
}
