import Base

/// The schemas of the API's responses (JSON Schema). Members may be added; none is ever removed.
enum APISchemas {
    static let all: [(String, JSON)] = [
        ("Problem", problem), ("Live", live), ("PBX", pbx), ("Queue", queue), ("Caller", caller), ("Member", member),
        ("Day", day), ("Queues", list("queues", "Queue")), ("Agent", agent), ("Agents", list("agents", "Agent")),
        ("ActiveCall", activeCall), ("Pop", pop), ("Pops", list("pops", "Pop")),
        ("ActiveCalls", list("calls", "ActiveCall")), ("Calls", calls), ("Call", call), ("Story", story),
        ("ReportRow", reportRow), ("ReportRows", reportRows),
        ("LostCaller", lostCaller), ("LostCalls", lostCalls), ("LostCallDone", lostCallDone),
        ("QueueOrder", queueOrder), ("OrderDone", object([("status", text), ("detail", text)])),
        ("Originate", originate), ("LostCallCall", lostCallCall), ("CallOutcome", callOutcome),
        ("Reports", reports), ("ReportList", reportList), ("Health", health),
        ("Alert", alert), ("Alerts", list("alerts", "Alert")),
    ]

    static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    private static let text: JSON = ["type": "string"]
    private static let time: JSON = ["type": "string", "format": "date-time"]
    private static let whole: JSON = ["type": "integer"]
    private static let number: JSON = ["type": "number"]
    private static let truth: JSON = ["type": "boolean"]

    private static func optional(_ type: String) -> JSON { ["type": .array([.string(type), "null"])] }

    private static func array(_ items: JSON) -> JSON { ["type": "array", "items": items] }

    /// An object in which all listed members are always present.
    private static func object(_ members: [(String, JSON)]) -> JSON {
        [
            "type": "object", "properties": .object(members), "required": .array(members.map { .string($0.0) }),
        ]
    }

    private static func list(_ name: String, _ item: String) -> JSON {
        object([("schema_version", whole), ("time", time), (name, array(reference(item)))])
    }

    private static let problem = object([
        ("type", text), ("title", text), ("status", whole), ("detail", text), ("category", text),
    ])
    private static let live = object([("schema_version", whole), ("time", time), ("pbxs", array(reference("PBX")))])
    private static let pbx = object([
        ("name", text), ("time", time), ("connected", truth), ("stale_s", optional("integer")),
        ("problem", optional("string")), ("replay", truth), ("today_since", time), ("today_missing_s", whole),
        ("today_missing_since", optional("string")),
        ("queues", array(reference("Queue"))),
        ("calls", whole),
    ])
    private static let queue = object([
        ("pbx", text), ("queue", text), ("strategy", text), ("longest_wait", whole), ("free_members", whole),
        ("callers", array(reference("Caller"))), ("members", array(reference("Member"))), ("today", reference("Day")),
    ])
    private static let pop = object(
        [
            ("pop", text), ("pbx", text), ("linkedid", text), ("at", time), ("agent", optional("string")),
            ("extension", optional("string")), ("queue", text), ("caller_number", text), ("caller_name", text),
            ("url", optional("string")),
        ] + known
    )
    private static let caller = object(
        [
            ("position", whole), ("number", text), ("name", text), ("uniqueid", text), ("wait", whole),
        ] + known
    )
    /// What the warehouse knows about a caller; null if the role may not see it, or nothing is known.
    private static let known: [(String, JSON)] = [
        ("contact_kind", optional("string")), ("contact_id", optional("string")), ("contact_name", optional("string")),
        ("owner", optional("string")), ("calls_today", optional("integer")), ("last_spoken_by", optional("string")),
        ("last_spoken_at", optional("string")),
    ]
    private static let member = object([
        ("name", text), ("interface", text), ("status", text), ("paused", truth), ("paused_reason", text),
        ("in_call", truth), ("penalty", whole), ("calls_taken", whole), ("state", text), ("state_s", whole),
    ])
    private static let day = object([
        ("offered", whole), ("answered", whole), ("abandoned", whole), ("abandoned_short", whole),
        ("otherwise_lost", whole), ("in_progress", whole), ("lost", whole), ("answered_in_time", whole),
        ("service_level_pct", optional("number")), ("wait_avg_s", optional("number")), ("talk_total_s", whole),
    ])
    private static let agent = object([
        ("pbx", text), ("name", text), ("interface", text), ("state", text), ("state_s", whole),
        ("paused_reason", text), ("queues", array(text)), ("calls_taken", whole), ("answered_today", whole),
        ("missed_today", whole), ("talk_today_s", whole),
    ])
    private static let activeCall = object(
        [
            ("pbx", text), ("call", text), ("stage", text), ("seconds", whole), ("caller_number", text),
            ("caller_name", text), ("dialled", text), ("queue", text), ("agent", text),
        ] + known
    )
    private static let call = object([
        ("call_id", whole), ("pbx", text), ("linkedid", text), ("started_at", time), ("direction", text),
        ("disposition", text), ("customer_number", optional("string")), ("customer_e164", optional("string")),
        ("duration_s", optional("integer")), ("wait_s", optional("integer")), ("talk_s", optional("integer")),
    ])
    private static let calls = object([
        ("schema_version", whole), ("timezone", text), ("calls", array(reference("Call"))), ("has_more", truth),
        ("next_cursor", optional("string")),
    ])
    private static let story = object([
        ("schema_version", whole), ("timezone", text), ("call", reference("Call")),
        ("steps", array(["type": "object"])),
        ("legs", array(["type": "object"])), ("queue_events", array(["type": "object"])),
        ("visits", array(["type": "object"])),
    ])
    private static let reportRow = object([
        ("kind", text), ("began_at", time), ("pbx", text), ("linkedid", optional("string")),
        ("queue", optional("string")), ("agent", optional("string")), ("number", text), ("outcome", optional("string")),
        ("wait_s", optional("integer")), ("ring_ms", optional("integer")), ("talk_s", optional("integer")),
        ("work_s", whole), ("is_part", truth),
    ])
    private static let reportRows = object([
        ("schema_version", whole), ("timezone", text), ("report", text), ("figure", text),
        ("value", optional("number")),
        ("rows", array(reference("ReportRow"))), ("has_more", truth),
    ])
    private static let lostCaller = object([
        ("id", text), ("pbx", text), ("state", ["type": "string", "enum": ["open", "claimed", "done", "reached"]]),
        ("number", text), ("e164", optional("string")), ("contact_kind", optional("string")),
        ("contact_id", optional("string")), ("contact_name", optional("string")), ("owner", optional("string")),
        ("queue", optional("string")), ("lost_at", time), ("last_lost_at", time), ("times", whole),
        ("attempted", truth), ("claimed_by", optional("string")), ("claimed_at", optional("string")),
        ("done_by", optional("string")), ("done_at", optional("string")), ("note", optional("string")),
        ("spoken_by", optional("string")), ("spoken_at", optional("string")), ("linkedid", optional("string")),
    ])
    private static let lostCalls = object([
        ("schema_version", whole), ("timezone", text), ("days", whole), ("callers", array(reference("LostCaller"))),
        ("without_number", whole),
    ])
    private static let lostCallDone: JSON = [
        "type": "object",
        "properties": ["note": ["type": "string", "description": "The outcome, up to 500 characters."]],
    ]
    private static let lostCallCall: JSON = [
        "type": "object",
        "properties": [
            "phone": ["type": "string", "description": "The phone to ring first, such as PJSIP/101."],
            "number": [
                "type": "string",
                "description": "What to dial next, as a user of the PBX would; the caller's number by default.",
            ],
        ],
        "required": ["phone"],
    ]
    private static let queueOrder: JSON = [
        "type": "object",
        "properties": .object(
            [
                ("pbx", text), ("queue", text), ("interface", text), ("name", text), ("reason", text),
                ("penalty", whole),
                ("channel", text), ("exten", text), ("context", text), ("supervisor", text), ("mode", text),
            ]
        ),
    ]
    private static let originate: JSON = [
        "type": "object",
        "properties": [
            "pbx": text, "channel": ["type": "string", "description": "The phone to ring first, such as PJSIP/101."],
            "exten": ["type": "string", "description": "What to connect it to, as a user of the PBX would dial it."],
            "context": text, "caller_id": text,
            "channel_id": ["type": "string", "description": "The new channel's uniqueid: dialled once at a time."],
            "wait": ["type": "string", "enum": ["queued", "answered", "bridged"]],
        ],
        "required": ["channel", "exten"],
    ]
    private static let callOutcome = object([
        ("status", text), ("channel_id", text), ("channel", optional("string")), ("detail", text),
        ("answer_seconds", optional("number")), ("talk_seconds", optional("number")),
    ])
    /// The same as `report --format json`.
    private static let reports: JSON = ["type": "object"]
    private static let reportList = array(
        object([("name", text), ("title", text), ("description", text), ("file", text)])
    )
    private static let alert = object([
        ("state", text), ("rule", text), ("severity", text), ("labels", ["type": "object"]), ("since", time),
        ("fired_at", optional("string")), ("value", ["type": .array(["number", "null"])]), ("summary", text),
        ("causes", array(text)), ("callers", array(text)), ("path", text), ("fingerprint", text),
    ])
    private static let health = object([
        ("schema_version", whole),
        (
            "pbxs",
            array(object([("pbx", text), ("state", text), ("report", ["type": .array(["object", "null"])])]))
        ),
    ])
}
