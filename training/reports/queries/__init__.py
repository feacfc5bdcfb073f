"""The data of reports. Reads only; `access` says what somebody may see."""
