"""The typed row of every table that documents give rise to. Column order is publication order.

Rows of facts carry neither ``doc_id`` nor ``surface`` (nor ``row_no`` where the contract has one): tabulation adds
them, so that an extractor can't get them wrong.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple

from schemas import codes
from schemas.fields import (
    BodyId,
    CodeSet,
    DocId,
    EndChar,
    EventNo,
    PeriodFrom,
    PeriodTo,
    PersonId,
    PersonName,
    ProvinceNow,
    SentenceNo,
    StartChar,
    UnitCode,
    day,
)  # fmt: skip
from schemas.indicators import INDICATORS
from schemas.model import Column
from schemas.topics import TOPICS

Topic = Annotated[str | None, Column("what it is about; NULL where no topic fits", codes=TOPICS)]


class DocumentRow(NamedTuple):
    doc_id: DocId
    source_name: Annotated[str, Column("the configured source")]
    source_uri: Annotated[str, Column("where in the source it was first seen")]
    supersedes: Annotated[str | None, Column("doc_id of the version of this URI before it")]
    run_id: Annotated[str, Column("the run that made its rows")]
    extractor_version: Annotated[str, Column("the version of rules and lexicons that made its rows")]
    raw_bytes: Annotated[int, Column("size as received, decompressed", "bytes", low=1, big=True)]
    media_type: Annotated[str, Column("media type", codes=codes.MEDIA_TYPES)]
    encoding: Annotated[str, Column("character encoding as received", codes=codes.ENCODINGS)]
    repairs: Annotated[tuple[str, ...], Column("what cleaning had to mend", codes=codes.REPAIRS)]
    title: Annotated[str | None, Column("the headline as printed, without the site's name")]
    lead: Annotated[str | None, Column("the standfirst where the page sets one apart")]
    byline: Annotated[tuple[str, ...], Column("the authors as printed, one per person, without role words or office")]
    outlet: Annotated[str | None, Column("the publisher as printed on the page")]
    published_at: Annotated[datetime | None, Column("publication time as printed", "local time, UTC+7")]
    published_precision: Annotated[str | None, Column("how exact published_at is", codes=codes.PRECISIONS)]
    dated_from: Annotated[date | None, day("first day that the document may be from")]
    dated_to: Annotated[date | None, day("last day that the document may be from")]
    dated_by: Annotated[str | None, Column("why it is dated so", codes=codes.DATED_BY)]
    province_code: Annotated[str | None, Column("province that the document is about, at its date", pattern=r"\d{2}")]
    province_name: Annotated[str | None, Column("its name", canonical=True)]
    province_code_set: CodeSet
    province_by: Annotated[str | None, Column("what told the province", codes=codes.PROVINCE_BY)]
    province_code_now: ProvinceNow
    province_name_now: Annotated[str | None, Column("name of that province", canonical=True)]
    place_code: Annotated[str | None, Column("smallest unit that the document as a whole is about", pattern=r"\d{2}|\d{3}|\d{5}")]
    text: Annotated[str, Column("the cleaned article: title, lead, headings and body, joined by one newline each")]
    word_count: Annotated[int, Column("whitespace-separated tokens of text", "syllables", low=1)]
    language: Annotated[str | None, Column("ISO 639-1 code of the language", pattern=r"[a-z]{2}")]


class BlockRow(NamedTuple):
    doc_id: DocId
    block_no: Annotated[int, Column("position in the raw document", "from 0", low=0)]
    role: Annotated[str, Column("what the block is", codes=codes.BLOCK_ROLES)]
    raw_text: Annotated[str, Column("the block as decoded")]
    start_char: Annotated[int | None, Column("place in documents.text; NULL where it was left out", "code points", low=0)]
    end_char: Annotated[int | None, Column("end of that place, exclusive", "code points", low=0)]
    raw_start: Annotated[int, Column("place in the decoded raw document", "code points", low=0)]
    raw_end: Annotated[int, Column("end of that place, exclusive", "code points", low=0)]


class Person(NamedTuple):
    start_char: StartChar
    end_char: EndChar
    name: PersonName
    honorific: Annotated[str | None, Column("honorific as printed, lower case, singular")] = None
    person_id: PersonId = None


class Position(NamedTuple):
    start_char: StartChar
    end_char: EndChar
    person: PersonName
    person_id: PersonId
    title: Annotated[str, Column("the office without its body, first letter capital", canonical=True)]
    organisation: Annotated[str | None, Column("the body in which it is held", canonical=True)] = None
    body_id: BodyId = None
    tenure: Annotated[str | None, Column("whether the office is held", codes=codes.TENURES)] = None
    as_of_from: Annotated[date | None, day("first day for which the document attests it")] = None
    as_of_to: Annotated[date | None, day("last day for which the document attests it")] = None


class Organisation(NamedTuple):
    start_char: StartChar
    end_char: EndChar
    name: Annotated[str, Column("canonical name, abbreviations written out", canonical=True)]
    kind: Annotated[str, Column("kind of body", codes=codes.ORGANISATION_KINDS)]
    level: Annotated[str | None, Column("level of the body", codes=codes.LEVELS)] = None
    place_code: UnitCode = None
    place_code_set: CodeSet = None
    body_id: BodyId = None


class Place(NamedTuple):
    start_char: StartChar
    end_char: EndChar
    name: Annotated[str, Column("name without class word", canonical=True)]
    level: Annotated[str, Column("level of the unit", codes=codes.PLACE_LEVELS)]
    code: UnitCode = None
    code_set: CodeSet = None
    province_code: Annotated[str | None, Column("its province, in the same set", pattern=r"\d{2}")] = None
    province_code_now: ProvinceNow = None


class Citation(NamedTuple):
    start_char: StartChar
    end_char: EndChar
    kind: Annotated[str, Column("kind of document", codes=codes.DOCUMENT_KINDS)]
    number: Annotated[int | None, Column("number", low=0)]
    symbol: Annotated[str | None, Column("symbol after the number, as CT/TW")]
    key: Annotated[str, Column("what is printed, normalised")]
    document_id: Annotated[str | None, Column("what makes two mentions the same document; NULL when unsure")] = None
    issuer: Annotated[str | None, Column("who issued it", canonical=True)] = None
    issued_on: Annotated[date | None, day("day of issue")] = None
    term: Annotated[str | None, Column("congress term, Roman numeral", pattern=r"[IVXL]+")] = None
    relation: Annotated[str | None, Column("what the sentence does with it", codes=codes.RELATIONS)] = None


class DateMention(NamedTuple):
    start_char: StartChar
    end_char: EndChar
    grain: Annotated[str, Column("grain", codes=codes.DATE_GRAINS)]
    date_from: Annotated[date, day("first day")]
    date_to: Annotated[date, day("last day")]
    inferred: Annotated[bool, Column("true where the year or more came from the context")]


class Figure(NamedTuple):
    start_char: StartChar
    end_char: EndChar
    value: Annotated[float, Column("value in the base unit; a fall stays positive, what is below zero (âm) does not")]
    value_to: Annotated[float | None, Column("upper end of a range")]
    qualifier: Annotated[str, Column("qualifier", codes=codes.QUALIFIERS)]
    unit: Annotated[str, Column("head noun or measure")]
    what: Annotated[str | None, Column("the whole counted noun phrase")]
    measure: Annotated[str | None, Column("what it measures", codes=codes.MEASURES)] = None
    direction: Annotated[str | None, Column("direction of a change", codes=codes.DIRECTIONS)] = None
    status: Annotated[str | None, Column("reached, estimated or aimed at", codes=codes.FIGURE_STATUSES)] = None
    part_of: Annotated[int | None, Column("row_no of the total of which it is a part", low=0)] = None
    event_no: Annotated[int | None, Column("event to which it belongs", low=0)] = None
    body_id: BodyId = None
    place_code: UnitCode = None
    indicator: Annotated[str | None, Column("key of the vocabulary of common indicators", codes=INDICATORS)] = None
    period_from: PeriodFrom = None
    period_to: PeriodTo = None


class Event(NamedTuple):
    event_no: EventNo
    start_char: StartChar
    end_char: EndChar
    kind: Annotated[str, Column("kind of event", codes=codes.EVENT_KINDS)]
    name: Annotated[str | None, Column("name as printed")] = None
    held_from: Annotated[date | None, day("first day on which it was held")] = None
    held_to: Annotated[date | None, day("last day")] = None
    place: Annotated[str | None, Column("where, as printed")] = None
    place_code: UnitCode = None
    review_from: Annotated[date | None, day("first day of the period that it looks back on")] = None
    review_to: Annotated[date | None, day("last day of that period")] = None
    plan_from: Annotated[date | None, day("first day of the period that it plans")] = None
    plan_to: Annotated[date | None, day("last day of that period")] = None
    subject: Annotated[str | None, Column("subject of an agreement, as printed")] = None
    term_from: Annotated[date | None, day("first day of an agreement's term")] = None
    term_to: Annotated[date | None, day("last day of an agreement's term")] = None


class Participant(NamedTuple):
    event_no: EventNo
    start_char: StartChar
    end_char: EndChar
    participant: Annotated[str, Column("people.name or organisations.name", canonical=True)]
    is_person: Annotated[bool, Column("true for a person")]
    role: Annotated[str, Column("role", codes=codes.PARTICIPANT_ROLES)]
    person_id: PersonId = None
    body_id: BodyId = None


class Statement(NamedTuple):
    sentence_no: SentenceNo
    start_char: StartChar
    end_char: EndChar
    kind: Annotated[str, Column("kind", codes=codes.STATEMENT_KINDS)]
    topic: Topic = None
    speaker: Annotated[str | None, Column("people.name of the one to whom it is attributed", canonical=True)] = None
    source_body_id: BodyId = None
    body_id: BodyId = None
    period_from: PeriodFrom = None
    period_to: PeriodTo = None


class Clause(NamedTuple):
    sentence_no: SentenceNo
    clause_no: Annotated[int, Column("the item within its sentence", "from 0", low=0)]
    start_char: StartChar
    end_char: EndChar
    kind: Annotated[str, Column("kind", codes=codes.STATEMENT_KINDS)]
    topic: Topic = None
    addressee: Annotated[str | None, Column("who is to do it, as printed")] = None
    addressee_body_id: BodyId = None
    due_on: Annotated[date | None, day("day by which it is due")] = None


class DuplicateRow(NamedTuple):
    doc_id: DocId
    cluster_id: Annotated[str, Column("the cluster: its lowest doc_id", pattern=r"[0-9a-f]{20}")]
    similarity: Annotated[float, Column("highest Jaccard similarity with another member", low=0.0, high=1.0)]
    method: Annotated[str, Column("how it was found", codes=codes.DUPLICATE_METHODS)]


class RawRow(NamedTuple):
    doc_id: DocId
    raw_bytes: Annotated[int, Column("size", "bytes", low=0, big=True)]
    media_type: Annotated[str, Column("media type as the source says", codes=codes.MEDIA_TYPES)]
    is_record: Annotated[bool, Column("true where content is the canonical JSON of a record's mapped fields")]
    source_name: Annotated[str, Column("the configured source in which it was first seen")]
    source_uri: Annotated[str, Column("where in the source it was first seen")]
    first_run_id: Annotated[str, Column("the run that first saw it")]
    content: Annotated[bytes, Column("the bytes as received, decompressed")]


class BodyRow(NamedTuple):
    body_id: Annotated[str, Column("folded name @ unit code or TW", pattern=r"[^@]+@(\d+|TW)")]
    name: Annotated[str, Column("commonest canonical name", canonical=True)]
    kind: Annotated[str, Column("kind of body", codes=codes.ORGANISATION_KINDS)]
    level: Annotated[str | None, Column("level", codes=codes.LEVELS)]
    place_code: UnitCode
    place_code_set: CodeSet
    province_code_now: ProvinceNow
    first_doc_date: Annotated[date | None, day("earliest date of a document that names it")]
    last_doc_date: Annotated[date | None, day("latest date of a document that names it")]


class UnitRow(NamedTuple):
    code: Annotated[str, Column("statistics-office code", pattern=r"\d{2}|\d{3}|\d{5}")]
    code_set: Annotated[str, Column("set of codes", codes=codes.CODE_SETS)]
    level: Annotated[str, Column("level", codes=codes.PLACE_LEVELS)]
    name: Annotated[str, Column("name without class word", canonical=True)]
    full_name: Annotated[str, Column("name with class word", canonical=True)]
    parent_code: UnitCode
    valid_from: Annotated[date | None, day("in force from")]
    valid_to: Annotated[date | None, day("in force until")]
    successor_code: Annotated[str | None, Column("the unit in the set that follows; NULL where split", pattern=r"\d{2}|\d{5}")]
