/*
description: >
  What each source of the means test can say tonight: delivered, fresh, and, for the sources of the month ledger,
  covering the window (rules.md 5). Tax covers by its own months; social insurance is spells, so its delivery must
  lie in the window's last month or after it.
grain: [source]
columns:
  is_gated: usable only with authorization
  is_there: delivered, fresh and covering what the means test needs of it
*/
SELECT
    state.source,
    coalesce(state.gated, FALSE) AS is_gated,
    state.state = 'fresh'
    AND CASE state.source
        WHEN 'tax_income' THEN coalesce(
            state.first_month <= night.ledger_from AND state.last_month >= night.ledger_to, FALSE
        )
        WHEN 'social_insurance' THEN coalesce(state.snapshot_date >= night.ledger_to, FALSE)
        ELSE TRUE
    END AS is_there
FROM raw.source_state AS state
CROSS JOIN policy.night AS night
WHERE
    state.source IN (
        'tax_income', 'social_insurance', 'public_payroll', 'bank_accounts', 'financial_products', 'real_estate',
        'vehicles', 'business_registrations', 'medical_settlements'
    )
