import AMIClient
import Base
import Services
import Switchboard

/// Requests to the PBX, for programs.
struct OrdersAPI: Sendable {
    let orders: QueueOrders

    var operations: [APIOperation] {
        [originate]
            + QueueOrder.allCases.map { order in
                APIOperation(
                    id: "\(order.rawValue)Order",
                    path: "/orders/\(order.rawValue)",
                    role: order.role,
                    summary: Self.summary(order),
                    parameters: [IdempotencyKeys.parameter],
                    method: .post,
                    body: "QueueOrder",
                    schema: "OrderDone"
                ) { exchange in
                    try await orders.orders.once(exchange) { _ in
                        let body = try exchange.request.decoded(QueueOrderBody.self)
                        let sentence = try await orders.give(order, body.input, pbx: body.pbx, exchange)
                        return .json(["status": "done", "detail": .string(sentence)])
                    }
                }
            }
    }

    private var originate: APIOperation {
        APIOperation(
            id: "originate",
            path: "/originate",
            role: .operator,
            summary: "Call a phone, and connect it to an extension. The dial guard and the audit log apply.",
            parameters: [IdempotencyKeys.parameter],
            method: .post,
            body: "Originate",
            schema: "CallOutcome"
        ) { exchange in
            if exchange.identity?.queues != nil {
                throw Problem(.forbidden, "notPermitted", "Users who are limited to some queues cannot place calls.")
            }
            return try await orders.orders.once(exchange) { channelID in
                let body = try exchange.request.decoded(OriginateBody.self)
                var request = OriginateRequest(
                    channel: body.channel,
                    destination: .exten(body.exten, context: body.context ?? CallControl.usualContext),
                    channelID: body.channel_id ?? channelID
                )
                request.callerID = body.caller_id
                if let text = body.wait {
                    guard let wait = OriginateRequest.Wait(rawValue: text), wait != .done else {
                        throw Problem(.badRequest, "usage", "wait should be queued, answered or bridged.")
                    }
                    request.wait = wait
                }
                return .json(try await orders.orders.originate(request, pbx: body.pbx, exchange).json)
            }
        }
    }

    private static func summary(_ order: QueueOrder) -> String {
        switch order {
        case .pause: "Pause a member, in one queue or in all. Needs interface; takes queue and reason."
        case .unpause: "End a member's pause. Needs interface; takes queue."
        case .add: "Add a member. Needs queue and interface; takes name and penalty."
        case .remove: "Remove a member. Needs queue and interface."
        case .penalty: "Change a member's penalty. Needs interface and penalty; takes queue."
        case .withdraw: "Take a caller out of a queue. Needs queue, and channel: the caller's uniqueid."
        case .move: "Move a waiting caller to an extension. Needs queue, channel and exten; takes context."
        case .hear:
            "Let a supervisor hear a channel. Needs supervisor and channel; takes mode (listen, whisper, barge)."
        }
    }
}

/// The body of a request about queues; its members have the names used in the API.
private struct QueueOrderBody: Decodable {
    var pbx: String?
    var input: QueueOrder.Input

    init(from decoder: any Decoder) throws {
        pbx = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .pbx)
        input = try QueueOrder.Input(from: decoder)
    }

    private enum CodingKeys: CodingKey { case pbx }
}

/// The body of an originate; its members have the names used in the API.
private struct OriginateBody: Decodable {
    var pbx: String?
    var channel: String
    var exten: String
    var context: String?
    var caller_id: String?
    var channel_id: String?
    var wait: String?
}
