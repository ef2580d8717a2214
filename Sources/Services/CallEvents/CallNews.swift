public import Base
import CallRecords
public import Configuration
public import Switchboard

/// A notice about a call with everything that software wants to know: the contact, the zone's times, the link.
public struct CallNews: ServiceResult {
    /// The notice.
    public var notice: CallNotice
    /// The PBX.
    public var pbx: String
    /// The PBX's zone.
    public var zone: ZoneTable
    /// The outside number as the PBX wrote it, and as E.164; nil if there is none.
    public var number: String?, e164: String?
    /// The contact with that number.
    public var contact: CallerNames.Contact?
    /// The caller's record in the CRM.
    public var url: String?

    /// Unique, and the same if the event is sent again.
    public var id: String { "\(pbx)/\(notice.id)" }

    /// The event as software gets it. Members are only added, at the end.
    public var json: JSON {
        let call = notice.call
        let isInbound = call.direction == .inbound
        var members: [(String, JSON)] = [
            ("schema_version", 1), ("event", .string(notice.kind.rawValue)), ("id", .string(id)),
            ("at", time(notice.at)), ("pbx", .string(pbx)), ("linkedid", .string(call.linkedid)),
            ("direction", .string(call.direction.rawValue)), ("started_at", time(call.startedAt)),
            ("answered_at", time(call.answeredAt)), ("ended_at", time(call.endedAt)),
            ("outcome", text(notice.outcome?.rawValue)),
            ("merged_into", notice.mergedInto.map { .string("\(pbx)/\($0)") } ?? nil),
            ("customer_number", text(number)), ("customer_e164", text(e164)), ("contact_kind", text(contact?.kind)),
            ("contact_id", text(contact?.id)), ("contact_name", text(contact?.name)),
            ("contact_owner", text(contact?.owner)), ("did", isInbound ? text(call.dialled) : nil),
            ("caller_number", text(call.callerNumber)), ("caller_name", text(call.callerName)),
            ("dialled", text(call.dialled)),
        ]
        members += [
            ("agent", text(notice.agent?.name)), ("extension", text(notice.agent?.extension)),
            ("rang", .array(call.rang.map(Self.json))), ("talked", .array(call.talked.map(Self.json))),
            ("queue", text(call.queue)), ("wait_s", seconds(call.wait)), ("talk_s", seconds(call.talk)),
            ("recording_file", text(call.recording)), ("voicemail", .boolean(call.hasReachedVoicemail)),
            ("incomplete", .boolean(call.isIncomplete)), ("url", text(url)),
            ("pop", text(notice.pop.map { "\(pbx)/\($0)" })), ("reason", text(notice.closing?.rawValue)),
            ("answered_by", notice.answeredBy.map(Self.json) ?? nil),
        ]
        return .object(members)
    }

    private static func json(_ agent: CallAgent) -> JSON {
        [
            "agent": agent.name.map(JSON.string) ?? nil, "extension": agent.extension.map(JSON.string) ?? nil,
        ]
    }

    private func text(_ value: String?) -> JSON { value.flatMap { $0.isEmpty ? nil : .string($0) } ?? nil }

    private func time(_ value: Moment?) -> JSON { value.map { .string(zone.iso8601($0)) } ?? nil }

    private func seconds(_ value: Duration?) -> JSON {
        value.map { .integer(Int(clamping: max(0, $0.wholeSeconds))) } ?? nil
    }
}

/// Makes news of the notices of one PBX.
public struct CallNewsMaker: Sendable {
    let pbx: String
    let plan: CallPlan
    let zone: ZoneTable
    let link: RecordLink?

    /// The maker for a PBX.
    ///
    /// - Throws: ``ServiceError`` or `ConfigurationError` for an invalid address of records.
    public init(_ settings: Settings, pbx: String?) throws {
        let named = pbx ?? (settings.pbxNames.count == 1 ? settings.pbxNames.first : nil)
        self.pbx = named ?? ""
        plan = CallPlan(settings, pbx: pbx)
        zone = (try? settings.pbx(pbx))?.timeZone.flatMap { try? ZoneFiles.load($0) } ?? .utc
        link = try RecordLink(settings)
    }

    /// The news, with a contact that `contact` finds by the number in E.164.
    func news(_ notice: CallNotice, _ contact: (String) -> CallerNames.Contact? = { _ in nil }) -> CallNews {
        var news = CallNews(notice: notice, pbx: pbx, zone: zone)
        guard let number = plan.customer(of: notice.call) else { return news }
        (news.number, news.e164) = (number.written, number.e164)
        return with(number.e164.flatMap(contact), news)
    }

    /// The news with the caller's contact.
    func with(_ contact: CallerNames.Contact?, _ news: CallNews) -> CallNews {
        var news = news
        news.contact = contact
        news.url = link?.url(number: news.e164 ?? news.number, contact: contact)
        return news
    }
}
