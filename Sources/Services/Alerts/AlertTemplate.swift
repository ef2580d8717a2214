/// Rules to begin with, for `crm-voip alerts init`.
public enum AlertTemplate {
    /// Tables for the configuration file.
    public static let text = """
        # Rules for alerts, printed by `crm-voip alerts init`. docs/alerts.md explains them.
        # Change the figures to what is usual in your company, and remove what you do not need.

        # Who is told; without receivers, alerts are shown by `serve` and `crm-voip alerts list` only.
        #[alerts]
        #default_receivers = ["leads"]
        #[alerts.receivers.leads]
        #type = "email"
        #smtp_host = "mail.example.com"
        #from = "PBX <pbx@example.com>"
        #to = ["leads@example.com"]

        [alerts.schedules.business]
        hours = ["mon-fri 09:00-18:00"]
        holidays = ["01-01", "12-25", "12-26"]

        # Callers wait too long. The alert is over when nobody has waited for more than 90 seconds for two minutes.
        [alerts.rules.long-wait]
        measure = "queue_wait"
        range = "120"
        clear = "90"
        keep = 120
        severity = "critical"

        # Somebody waits, and no agent is free.
        [alerts.rules.nobody-free]
        measure = "unserved_callers"
        range = "0"
        for = 60
        keep = 60

        # During business hours, nobody in a queue is ready: all are logged out or paused.
        [alerts.rules.nobody-ready]
        measure = "queue_ready_agents"
        range = "1:"
        for = 60
        keep = 60
        schedule = "business"
        severity = "critical"

        # Fewer than 80 % of the calls of the last half hour were answered in time.
        [alerts.rules.service-level]
        measure = "service_level"
        range = "80:"
        clear = "85:"
        least = 10
        for = 300
        keep = 600
        schedule = "business"

        # More than 10 % of the callers of the last half hour gave up.
        [alerts.rules.abandoned]
        measure = "abandoned_pct"
        range = "10"
        clear = "7"
        least = 10
        for = 300
        keep = 600
        schedule = "business"

        # A lost caller has been waiting for a call for more than half an hour.
        [alerts.rules.callback]
        measure = "callback_age"
        range = "1800"
        schedule = "business"

        # An agent has been paused for more than 15 minutes, or has not answered three calls in a row.
        [alerts.rules.long-pause]
        measure = "agent_pause"
        range = "900"
        severity = "info"

        [alerts.rules.unanswered]
        measure = "agent_unanswered"
        range = "2"

        # A trunk is not registered. Short interruptions are normal.
        [alerts.rules.trunk]
        measure = "trunk_down"
        range = "0"
        for = 120
        keep = 120
        severity = "critical"

        # No incoming calls although many are usual at this time: a trunk may be dead without knowing it.
        [alerts.rules.silence]
        measure = "silence"
        range = "1800"
        schedule = "business"
        severity = "critical"

        # Calls at our expense. Each of these has emptied accounts in one night.
        [alerts.rules.night-calls]
        measure = "international_calls"
        range = "0"
        window = 3600
        schedule = "business"
        outside = true
        severity = "critical"

        [alerts.rules.new-country]
        measure = "new_country_calls"
        range = "2"
        window = 3600

        [alerts.rules.premium]
        measure = "premium_calls"
        range = "1"
        window = 3600

        [alerts.rules.sequential]
        measure = "sequential_calls"
        range = "4"
        window = 3600
        severity = "critical"

        [alerts.rules.at-once]
        measure = "calls_per_extension"
        range = "3"
        severity = "critical"

        # The PBX: stuck channels, and a restart.
        [alerts.rules.stuck]
        measure = "stuck_channels"
        range = "0"
        for = 600

        [alerts.rules.restarted]
        measure = "uptime"
        range = "300:"
        severity = "info"

        # The warehouse: no load for 26 hours, or the last one failed.
        [alerts.rules.load-late]
        measure = "load_age"
        range = "93600"

        [alerts.rules.load-failed]
        measure = "load_failed"
        range = "0"

        # The certificate of `serve` ends in less than two weeks.
        [alerts.rules.certificate]
        measure = "certificate_days"
        range = "14:"

        # Messages have been waiting for a receiver for an hour. Name receivers here that are reached in another way.
        [alerts.rules.undelivered]
        measure = "undelivered_age"
        range = "3600"

        """
}
