select coalesce(opened_trace() = $1, false) as open
-- $1: "inc_1"
