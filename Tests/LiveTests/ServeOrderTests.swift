import AMIClient
import Base
import Switchboard
import TestSupport
import Testing

extension LiveTests {
    /// Requests over HTTP to a real PBX: what the PBX did, the response, and the audit log.
    @Suite(.enabled(if: StoreProgram.isBuilt, "the program is not beside the tests"))
    struct ServeOrderTests {
        /// Starts the server for an operator, waits until it knows the PBX, and runs lines of bash with `post PATH BODY
        /// [FIELD…]`.
        private func served(_ program: LiveProgram, _ lines: String) throws -> LiveProgram.Result {
            let script = """
                crm-voip serve --listen 127.0.0.1:0 --open-role admin 2>"$F/err" & pid=$!
                for n in $(seq 200); do
                    port=$(sed -n 's/^The server listens on 127.0.0.1:\\([0-9]*\\)\\.$/\\1/p' "$F/err")
                    [ -n "$port" ] && break; sleep 0.1
                done
                ask() { exec 3<>"/dev/tcp/127.0.0.1/$port"; printf '%s\\r\\n' "$@" >&3; cat <&3 | tr -d '\\r'; exec 3>&-; }
                get() { ask "GET $1 HTTP/1.1" 'Host: localhost' 'Connection: close' ''; }
                raw() { ask "POST $1 HTTP/1.1" 'Host: localhost' 'Connection: close' 'Sec-Fetch-Site: same-origin' "Content-Length: ${#3}" "Content-Type: $2" "${@:4}" '' "$3"; }
                post() { raw "$1" application/json "$2" "${@:3}" | sed -n '1s/HTTP.1.1 //p; s/^ *"detail": "\\(.*\\)",*/\\1/p'; }
                for n in $(seq 200); do get /readyz | grep -q '^ready' && break; sleep 0.1; done
                \(lines)
                kill -TERM $pid; wait $pid; cat "$F/err" >&2
                """
            return try program.shell("exec bash -c \"$1\"", [script])
        }

        @Test func `members are added, paused and removed in the name of the user`() throws {
            let program = try LiveProgram()
            let member = #""interface": "Local/agent-7@phones""#
            let result = try served(
                program,
                """
                post /api/v1/orders/add '{"queue": "served", \(member), "name": "Eva", "penalty": 2}'
                post /api/v1/orders/pause '{\(member), "reason": "lunch"}'
                post /api/v1/orders/penalty '{"queue": "served", \(member), "penalty": 5}'
                for n in $(seq 100); do get /agents | grep -q lunch && break; sleep 0.1; done
                page=$(get '/orders/member?pbx=main&interface=Local/agent-7@phones')
                echo "$page" | grep -c 'action="/orders/unpause"'
                token=$(echo "$page" | sed -n 's/.*form_token" value="\\([0-9a-f]*\\)".*/\\1/p' | head -1)
                form="form_token=$token&pbx=main&interface=Local/agent-7@phones&back=/queues"
                raw /orders/unpause application/x-www-form-urlencoded "$form" | sed -n '1p; s/^Location: //p' >"$F/answer"
                head -1 "$F/answer"
                get "$(tail -1 "$F/answer")" | sed -n 's/.*class="notice" role="status">\\([^<]*\\)<.*/\\1/p'
                post /api/v1/orders/remove '{"queue": "served", \(member)}'
                post /api/v1/orders/remove '{"queue": "served", \(member)}'
                post /api/v1/orders/pause '{"queue": "served"}'
                """
            )
            #expect(
                result.output == """
                    200 OK
                    Eva is a member of served.
                    200 OK
                    Eva is paused in served.
                    200 OK
                    Local/agent-7@phones has the penalty 5 in served.
                    1
                    HTTP/1.1 303 See Other
                    Eva takes calls again in served.
                    200 OK
                    Local/agent-7@phones is no longer a member of served.
                    409 Conflict
                    The PBX refused QueueRemove: Unable to remove interface: Not there
                    400 Bad Request
                    The order needs interface.

                    """,
                "\(result.output) \(result.errors)"
            )
            let lines = try program.audit("queue pause")
            #expect(lines.map { $0["user"] } == ["(not logged in)", "(not logged in)"])
            #expect(lines.allSatisfy { $0["address"] == "127.0.0.1" }, "\(lines)")
        }

        @Test func `the same key dials once, and the guard refuses the same as on the command line`() throws {
            let program = try LiveProgram()
            let result = try served(
                program,
                """
                call='{"channel": "Local/wait@callers/n", "exten": "served", "context": "queues"}'
                post /api/v1/originate "$call" 'Idempotency-Key: one-call-only' | head -1
                post /api/v1/originate "$call" 'Idempotency-Key: one-call-only' | head -1
                post /api/v1/originate '{"channel": "Local/wait@callers/n", "exten": "x"}' 'Idempotency-Key: one-call-only'
                post /api/v1/originate '{"channel": "PJSIP/00881234567890@trunk", "exten": "served", "context": "queues"}' | head -1
                """
            )
            #expect(
                result.output == """
                    200 OK
                    200 OK
                    422 Unprocessable Entity
                    This Idempotency-Key was used for another order. Give each order its own key.
                    403 Forbidden

                    """,
                "\(result.output) \(result.errors)"
            )
            let orders = try program.audit("originate")
            #expect(orders.count { $0["decision"] == "admitted" && $0["outcome"] == nil } == 1, "\(orders)")
            #expect(orders.count { $0["decision"] == "refused" } == 1, "\(orders)")
        }

        @Test func `a caller who waits is taken out of the queue`() async throws {
            let program = try LiveProgram()
            try await Live.with { client in
                var request = Live.call("wait", to: "served@queues")
                request.callerID = "<4930778>"
                let outcome = try await CallControl(client).originate(request)
                let id = outcome.channelID
                let result = try served(
                    program,
                    """
                    order='{"queue": "served", "channel": "\(id)"}'
                    for n in $(seq 100); do get /api/v1/queues | grep -q '"\(id)"' && break; sleep 0.1; done
                    post /api/v1/orders/withdraw "$order"
                    for n in $(seq 100); do get /api/v1/queues | grep -q '"\(id)"' || break; sleep 0.1; done
                    post /api/v1/orders/withdraw "$order"
                    """
                )
                #expect(
                    result.output == """
                        200 OK
                        The caller was taken out of served and continues in the dialplan.
                        404 Not Found
                        The caller is no longer waiting in that queue.

                        """,
                    "\(result.output) \(result.errors)"
                )
            }
        }
    }
}
