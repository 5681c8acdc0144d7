"""Reports of a patient: joins the record, the reference data and the room that lays them out."""
