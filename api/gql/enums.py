"""The closed vocabularies of the schema. The member is the GraphQL name, its value the word of all other interfaces."""

from enum import StrEnum

import strawberry


@strawberry.enum
class Kind(StrEnum):
    """The labels of the graph."""

    STATE = "State"
    ORGANISATION = "Organisation"
    INSTRUMENT = "Instrument"
    PROVISION = "Provision"
    RIGHT = "Right"
    TACTIC = "Tactic"
    BODY = "Body"
    FORUM = "Forum"
    SOURCE = "Source"
    DATASET = "Dataset"


@strawberry.enum
class LinkType(StrEnum):
    """The relations of the graph."""

    SIGNED = "SIGNED"
    PARTY_TO = "PARTY_TO"
    ACCEPTS = "ACCEPTS"
    RESERVES = "RESERVES"
    SUCCEEDS = "SUCCEEDS"
    MEMBER_OF = "MEMBER_OF"
    PART_OF = "PART_OF"
    GUARANTEES = "GUARANTEES"
    ESTABLISHES = "ESTABLISHES"
    SUPERVISES = "SUPERVISES"
    RUNS = "RUNS"
    APPLIES = "APPLIES"
    CLOSES = "CLOSES"
    ENGAGES = "ENGAGES"
    OWES = "OWES"
    OPTS_OUT = "OPTS_OUT"
    NOT_PARTY = "NOT_PARTY"
    SUSPENDED = "SUSPENDED"
    NEEDS = "NEEDS"


@strawberry.enum
class Direction(StrEnum):
    """Which way a link points, seen from the node it is asked of."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@strawberry.enum
class NameOrder(StrEnum):
    """Orders of things that have a name."""

    KEY = "key"
    LABEL = "label"


@strawberry.enum
class DateOrder(StrEnum):
    """Orders of things that have a day; those without one come last."""

    DATE_DESC = "date-desc"
    DATE = "date"
    REPORTED_BY_DESC = "reported-by-desc"


@strawberry.enum
class StatusKind(StrEnum):
    """What a period of treaty status says."""

    PARTY = "party"
    ACCEPTS = "accepts"


@strawberry.enum
class Confidence(StrEnum):
    """How sure a statement is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    CONTESTED = "contested"


@strawberry.enum
class Duty(StrEnum):
    """What an instrument asks of a state."""

    GUARANTEE = "guarantee"
    CRIMINALISE = "criminalise"
    INVESTIGATE = "investigate"
    EXTRADITE_OR_TRY = "extradite-or-try"
    COOPERATE = "cooperate"
    REPORT = "report"


@strawberry.enum
class Binding(StrEnum):
    """Whether what a forum decides binds."""

    BINDING = "binding"
    QUASI_JUDICIAL = "quasi-judicial"
    NON_BINDING = "non-binding"


@strawberry.enum
class ActLink(StrEnum):
    """How the respondent's power reached the victim."""

    ON_TERRITORY = "on-territory"
    CONTROL_OF_AREA = "control-of-area"
    PHYSICAL_CUSTODY = "physical-custody"
    FORCE_ABROAD = "force-abroad"
    REMOTE = "remote"
    INTERCEPTION_ON_TERRITORY = "interception-on-territory"
    CONSULAR = "consular"
    REMOVAL_TO_RISK = "removal-to-risk"
    FAILURE_TO_PROTECT = "failure-to-protect"
    DECISION_AT_HOME = "decision-at-home"
    NONE = "none"


@strawberry.enum
class Perpetrator(StrEnum):
    """Who did it."""

    STATE_AGENT = "state-agent"
    PRIVATE = "private"
    COMPANY = "company"
    ARMED_GROUP = "armed-group"
    INTERNATIONAL_ORGANISATION = "international-organisation"
    UNKNOWN = "unknown"


@strawberry.enum
class VictimKind(StrEnum):
    """Who was harmed."""

    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"


@strawberry.enum
class VictimCondition(StrEnum):
    """What state the victim is in."""

    FREE = "free"
    DETAINED = "detained"
    INCOMMUNICADO = "incommunicado"
    DISAPPEARED = "disappeared"
    DEAD = "dead"
    INCAPABLE = "incapable"


@strawberry.enum
class VictimStatus(StrEnum):
    """What a body's rules may ask of the victim."""

    CHILD = "child"
    WOMAN = "woman"
    PERSON_WITH_DISABILITY = "person-with-disability"
    MIGRANT_WORKER = "migrant-worker"
    REFUGEE = "refugee"
    ASYLUM_SEEKER = "asylum-seeker"
    STATELESS = "stateless"
    INDIGENOUS = "indigenous"
    MINORITY = "minority"
    JOURNALIST = "journalist"
    LAWYER = "lawyer"
    ENVIRONMENTAL_DEFENDER = "environmental-defender"
    TRADE_UNIONIST = "trade-unionist"
    WHISTLEBLOWER = "whistleblower"
    PARLIAMENTARIAN = "parliamentarian"


@strawberry.enum
class FilerKind(StrEnum):
    """Who files."""

    VICTIM = "victim"
    RELATIVE = "relative"
    LAWYER = "lawyer"
    NGO = "ngo"
    NGO_WITH_OBSERVER_STATUS = "ngo-with-observer-status"
    TRADE_UNION = "trade-union"
    COMMISSION = "commission"
    STATE = "state"


@strawberry.enum
class Exhausted(StrEnum):
    """What became of the domestic remedies."""

    YES = "yes"
    NO = "no"
    UNAVAILABLE = "unavailable"
    INEFFECTIVE = "ineffective"
    UNREASONABLY_PROLONGED = "unreasonably-prolonged"
    DANGEROUS = "dangerous"
    UNKNOWN = "unknown"


@strawberry.enum
class ProceedingStatus(StrEnum):
    """How far another proceeding has come."""

    PENDING = "pending"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@strawberry.enum
class Examined(StrEnum):
    """What another forum looked at."""

    MERITS = "merits"
    SUBSTANCE = "substance"
    PROCEDURE_ONLY = "procedure-only"


@strawberry.enum
class RespondentKind(StrEnum):
    """Against whom a forum hears complaints."""

    STATE = "state"
    COMPANY = "company"
    ORGANISATION = "organisation"
    PERSON = "person"
    NONE = "none"


@strawberry.enum
class Verdict(StrEnum):
    """Whether a forum can hear the case."""

    AVAILABLE = "available"
    CONDITIONAL = "conditional"
    UNAVAILABLE = "unavailable"


@strawberry.enum
class RuleKind(StrEnum):
    """The rules that are put to a case."""

    RATIONE_PERSONAE = "ratione-personae"
    RATIONE_MATERIAE = "ratione-materiae"
    RATIONE_TEMPORIS = "ratione-temporis"
    RATIONE_LOCI = "ratione-loci"
    STANDING = "standing"
    EXHAUSTION = "exhaustion"
    TIME_LIMIT = "time-limit"
    DUPLICATION = "duplication"
    FORM = "form"


@strawberry.enum
class Outcome(StrEnum):
    """What a rule gave."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


@strawberry.enum
class Because(StrEnum):
    """Why a rule's outcome is unknown."""

    FACT = "fact"
    STEP = "step"
    DISCRETION = "discretion"
    CONTESTED = "contested"
    DATA = "data"


@strawberry.enum
class Role(StrEnum):
    """What a viewer may do."""

    PUBLIC = "public"
    PARTNER = "partner"
    ANALYST = "analyst"
    STEWARD = "steward"


@strawberry.enum
class Visibility(StrEnum):
    """How widely something may be shown."""

    PUBLIC = "public"
    PARTNER = "partner"
    RESTRICTED = "restricted"
