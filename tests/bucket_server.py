"""An object storage that speaks S3, in this process: moto's server."""

import boto3
from moto.server import ThreadedMotoServer

KEY, SECRET, BUCKET = "key", "a/secret+with=signs", "media"


class BucketServer:
    """Starts and stops a server with one bucket."""

    def __init__(self):
        self._server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.endpoint = f"http://{host}:{port}"
        self.url = f"s3+http://{KEY}:a%2Fsecret%2Bwith%3Dsigns@{host}:{port}/{BUCKET}"
        self.client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )
        self.client.create_bucket(Bucket=BUCKET)

    def names(self, prefix=""):
        """Return the names of all files, or of those that begin with `prefix`."""
        listed = self.client.list_objects_v2(Bucket=BUCKET, Prefix=prefix)
        found = listed.get("Contents", [])
        return [each["Key"] for each in found]

    def stop(self):
        self._server.stop()
